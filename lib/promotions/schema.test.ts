import { describe, expect, test } from 'vitest';
import { describeDiscount, discountLines, limitLines } from '#lib/promotions/describe';
import { createPromotionInput, promotionListInput } from '#lib/promotions/schema';
import type { PromotionType } from '#prisma/enums';

// The input of a promotion for the form, the action and the API.

const fixed = { promotion_type: 'fixed_discount', schema: { currencies: [{ amount: 500, currency: 'USD' }] } };
const base = { name: 'May', start: '2026-05-01', end: '2026-06-01', ...fixed };

/** The rejected fields, each with the reason. */
function problems(given: object): Record<string, string> {
  const { error } = createPromotionInput.safeParse({ ...base, ...given });
  return Object.fromEntries(error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []);
}

describe('createPromotionInput', () => {
  test('createPromotionInput is disabled and requires a code by default', () => {
    expect(createPromotionInput.parse(base)).toMatchObject({ enabled: false, automatic: false, description: '' });
  });

  test('createPromotionInput accepts a date, as its beginning in UTC, or a date and time', () => {
    expect(createPromotionInput.parse({ ...base, end: '2026-06-01T10:00:00+02:00' })).toMatchObject({
      start: new Date('2026-05-01T00:00:00Z'),
      end: new Date('2026-06-01T08:00:00Z'),
    });
  });

  test.each(['tomorrow', '2026-02-30', '2026-05-01T25:00:00Z', '2026-05-01 25:00', '', null, 5])(
    'createPromotionInput rejects the date %j',
    (end) => {
      expect(problems({ end })).toEqual({ end: expect.stringContaining('Enter a date') });
    },
  );

  test('createPromotionInput requires an end after the start', () => {
    expect(problems({ end: base.start })).toEqual({ end: 'Enter an end after the start' });
  });

  test('createPromotionInput reports all problems at once', () => {
    expect(Object.keys(problems({ name: '', end: '2020-01-01', max_applications_per_cart: -1, schema: {} })).sort()).toEqual(
      ['end', 'max_applications_per_cart', 'name', 'schema.currencies'].sort(),
    );
  });

  test.each(['', '   ', 'a'.repeat(256), 'a\nb', 'nul\0', '\ud800', 5, null])('createPromotionInput rejects the name %j', (name) => {
    expect(problems({ name })).toHaveProperty('name');
  });

  test('createPromotionInput drops unknown fields', () => {
    const parsed = createPromotionInput.parse({ ...base, id: 'mine', code_count: 9, schema: { ...fixed.schema, secret: 1 } });
    expect(parsed).not.toHaveProperty('id');
    expect(parsed.schema).toEqual(fixed.schema);
  });
});

const item = { targets: ['mug', 'cup'] };
const money = { currencies: [{ amount: 1050, currency: 'EUR' }] };
const kinds: [PromotionType, object, string][] = [
  ['fixed_discount', money, '€10.50 off the cart'],
  ['percent_discount', { currencies: [{ percentage: '10', currency: 'USD' }] }, '10% off the cart'],
  ['item_fixed_discount', { ...item, ...money }, '€10.50 off 2 items'],
  ['item_percent_discount', { targets: 'all', percent: 12.345678 }, '12.345678% off all items'],
  ['x_for_y', { ...item, x: 3, y: 2 }, '3 for 2 on 2 items'],
  ['x_for_amount', { ...item, x: 3, ...money }, '3 for €10.50 on 2 items'],
  ['bundle_fixed_discount', { requirements: [{ ...item, quantity: 2 }], ...money }, '€10.50 off a bundle of 2 items'],
  [
    'bundle_gift',
    { requirements: [{ ...item, quantity: 2 }], gifts: [{ targets: ['bag'], quantity: 1 }], auto_add_free_gift: true },
    '1 item free with 2 bought',
  ],
  ['bundle_gift', { requirements: [{ ...item, quantity: 1 }], gifts: ['bag', 'pen'] }, '2 items free with 1 bought'],
];

describe('each kind of discount', () => {
  test.each(kinds)('%s is stored unchanged and has a description', (promotion_type, schema, words) => {
    expect(createPromotionInput.parse({ ...base, promotion_type, schema }).schema).toEqual(schema);
    expect(describeDiscount(promotion_type, schema)).toBe(words);
  });

  test.each(kinds)('%s can exclude catalogs and items', (promotion_type, schema) => {
    const limits = { target_catalogs: ['web'], exclude: { targets: ['gift-card'], conditions: { and: [{ price: 5 }] } } };
    expect(createPromotionInput.parse({ ...base, promotion_type, schema: { ...schema, ...limits } }).schema).toMatchObject(limits);
    const lines = discountLines(promotion_type, { ...schema, ...limits });
    expect(lines).toContainEqual({ term: 'Excluded items', text: 'gift-card' });
  });

  test.each(kinds)('%s needs a schema', (promotion_type) => {
    expect(problems({ promotion_type, schema: undefined })).toHaveProperty('schema');
    expect(problems({ promotion_type, schema: {} })).not.toEqual({});
  });

  test('a discount in the form of an older version is described by its type', () => {
    expect(describeDiscount('percent_discount', { of: 'the past' })).toBe('Percentage off the cart');
  });
});

describe('amounts and percentages', () => {
  const currencies = (row: object) => problems({ schema: { currencies: [{ amount: 1, currency: 'EUR', ...row }] } });
  const percent = (given: unknown) => problems({ promotion_type: 'item_percent_discount', schema: { targets: 'all', percent: given } });

  test.each([-1, 0.5, '5', null, 1e300])('the amount %j is rejected', (amount) => {
    expect(currencies({ amount })).toHaveProperty(['schema.currencies.0.amount']);
  });

  test.each(['eur', 'EURO', '', 'E1R', 'ABC', 'BGN', 'HRK', 'XAU', 'XXX', 5])('the currency %j is rejected', (currency) => {
    expect(currencies({ currency })).toHaveProperty(['schema.currencies.0.currency']);
  });

  test.each(['XCG', 'ZWG', 'HUF', 'CLF'])('the currency %s is accepted', (currency) => {
    expect(currencies({ currency })).toEqual({});
  });

  test('a stored amount in a withdrawn currency can still be read', () => {
    const stored = [{ amount: 1050, currency: 'BGN' }];
    expect(limitLines({ minCartValue: stored, maxDiscountValue: null, maxApplicationsPerCart: null })).toEqual([
      { term: 'Minimum cart value', text: 'BGN\u00a010.50' },
    ]);
  });

  test('a discount rejects a repeated currency', () => {
    expect(problems({ schema: { currencies: [money.currencies[0], money.currencies[0]] } })).toEqual({
      'schema.currencies': 'Enter each currency once',
    });
  });

  test.each([0, 100, '99.999999', 0.000001])('%j percent is stored unchanged', (given) => {
    expect(percent(given)).toEqual({});
  });

  test.each([-1, 100.1, '1.1234567', '1e1', '', ' 5', 'ten', null, Number.NaN])('%j percent is rejected', (given) => {
    expect(percent(given)).toHaveProperty(['schema.percent']);
  });
});

describe('items', () => {
  const items = (schema: object) => problems({ promotion_type: 'item_percent_discount', schema: { percent: 5, ...schema } });

  test('items are all, a list, or a rule of the shop', () => {
    expect(items({ targets: 'all' })).toEqual({});
    expect(items({ targets: ['mug'] })).toEqual({});
    expect(items({ targets: [], target_nodes: ['kitchen'] })).toEqual({});
  });

  test.each([{ targets: [] }, { targets: 'some' }, { targets: [''] }, {}, { targets: Array(1001).fill('mug') }])(
    '%j is refused',
    (given) => {
      expect(items(given)).toHaveProperty(['schema.targets']);
    },
  );

  test('conditions are stored unless they are too deep, too long or contain NUL', () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    for (const target_conditions of [deep, { a: 'x'.repeat(20_000) }, { a: '\0' }, { a: '\ud800' }, 'text'])
      expect(items({ targets: 'all', target_conditions })).toHaveProperty(['schema.target_conditions']);
    expect(items({ targets: 'all', target_conditions: { and: [{ operator: 'includes', values: ['red'] }] } })).toEqual({});
  });

  test('missing items are reported beside other problems', () => {
    expect(Object.keys(items({ percent: 101 })).sort()).toEqual(['schema.percent', 'schema.targets']);
  });

  test('x_for_y requires y below x', () => {
    expect(problems({ promotion_type: 'x_for_y', schema: { targets: 'all', x: 2, y: 2 } })).toHaveProperty(['schema.y']);
  });
});

test('promotionListInput treats invalid values as absent', () => {
  expect(promotionListInput.parse({ status: 'odd', page: '-1', search: ['a', 'b'] })).toEqual({ status: 'all', page: 1, search: '' });
});
