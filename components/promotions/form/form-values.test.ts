import { describe, expect, test } from 'vitest';
import { asRead } from '#components/promotions/form/edits.ts';
import { editPromotionForm, hasDiscountFields, promotionFormValues } from '#components/promotions/form/form-values.ts';
import type { PromotionView } from '#lib/promotions/query';
import type { PromotionType } from '#prisma/enums';

const exclude = { targets: ['gift-card'] };

function promotion(promotionType: PromotionType, schema: PromotionView['schema']): PromotionView {
  const start = new Date('2026-06-01T00:00:00Z');
  return {
    id: 'ad386702-e780-42c6-b190-0527ad768917',
    name: 'Summer',
    description: '',
    status: 'running',
    discount: '',
    enabled: true,
    automatic: false,
    promotionType,
    schema,
    lines: [],
    limits: [],
    currencies: [],
    start,
    end: new Date('2026-07-01T00:00:00Z'),
    minCartValue: [],
    maxDiscountValue: [],
    maxApplicationsPerCart: null,
    latestEndAbove1000: start,
    codeCount: 0,
    maxCodes: 1000,
    createdBy: 'ana@example.com',
    createdAt: start,
    updatedBy: 'ana@example.com',
    updatedAt: start,
    activeJob: null,
  };
}

const discounts: [PromotionType, PromotionView['schema']][] = [
  ['fixed_discount', { currencies: [{ amount: 500, currency: 'USD' }], exclude }],
  ['percent_discount', { currencies: [{ percentage: '12.5', currency: 'EUR' }], exclude }],
  ['item_percent_discount', { targets: ['mug'], percent: 25, target_nodes: ['sale'], exclude }],
];

describe('the edit form', () => {
  test.each(discounts)('saves an untouched %s as it is stored, with the fields that only the API can set', (type, schema) => {
    const values = promotionFormValues(promotion(type, schema));
    expect(editPromotionForm(promotion(type, schema)).parse(values)).toMatchObject({ automatic: false, schema });
    expect(asRead(values)).toMatchObject({ automatic: false, schema });
  });

  test('rejects a discount that its type does not allow, with an error at the field', () => {
    const stored = promotion('fixed_discount', { currencies: [{ amount: 500, currency: 'USD' }] });
    const values = promotionFormValues(stored);
    const result = editPromotionForm(stored).safeParse({ ...values, schema: { ...values.schema, currencies: [] } });
    expect(result.error?.issues).toEqual([expect.objectContaining({ path: ['schema', 'currencies'] })]);
  });

  test.each<[PromotionType, PromotionView['schema']]>([
    ['x_for_y', { x: 3, y: 2, targets: ['mug'] }],
    ['fixed_discount', { currencies: [{ amount: 500, currency: 'XXX' }] }],
  ])('leaves out a discount that it cannot show: %s %j', (type, schema) => {
    const stored = promotion(type, schema);
    expect(hasDiscountFields(stored)).toBe(false);
    expect(editPromotionForm(stored).parse(promotionFormValues(stored))).not.toHaveProperty('schema');
  });
});
