import { describe, expect, test } from 'vitest';
import { describeChanges } from '#lib/history/describe';

const change = (field: string, from: unknown, to: unknown) => describeChanges([field], { [field]: from }, { [field]: to })[0];

describe('describeChanges', () => {
  test.each([
    ['name', 'May', 'June', 'Name', 'May', 'June'],
    ['description', '', 'For parcels', 'Description', 'nothing', 'For parcels'],
    ['enabled', true, false, 'Switched', 'on', 'off'],
    ['min_cart_value', null, [{ amount: 5000, currency: 'EUR' }], 'Minimum cart value', 'any', '€50.00'],
    [
      'max_discount_value',
      [
        { amount: 500, currency: 'USD' },
        { amount: 600, currency: 'JPY' },
      ],
      null,
      'Maximum discount',
      '$5.00 or ¥600',
      'no limit',
    ],
    ['max_applications_per_cart', null, 2, 'Uses per cart', 'no limit', '2'],
    ['automatic', false, true, "How it's applied", 'with a code', 'automatically'],
    ['max_codes', 1000, 50_000, 'Maximum number of codes', '1,000', '50,000'],
  ])('%s', (field, from, to, term, was, is) => {
    expect(change(field, from, to)).toEqual({ column: field, term, from: { text: was }, to: { text: is } });
  });

  test('describeChanges describes a discount with all its exclusions', () => {
    const version = (percentage: string, schema = {}) => ({
      promotion_type: 'percent_discount',
      schema: { currencies: [{ percentage, currency: 'EUR' }], ...schema },
    });
    const changes = describeChanges(['schema'], version('10'), version('20', { exclude: { targets: ['mug'] } }));
    expect(changes).toEqual([
      {
        column: 'schema',
        term: 'Discount',
        from: { text: expect.stringMatching(/^10 ?% off the cart$/) },
        to: { text: expect.stringMatching(/^20% off the cart; Excluded items: mug$/) },
      },
    ]);
  });

  test('describeChanges returns times as timestamps', () => {
    expect(change('end', '2026-05-01T00:00:00+02:00', '2026-06-01T00:00:00+00:00')).toEqual({
      column: 'end',
      term: 'End',
      from: { moment: '2026-04-30T22:00:00.000Z' },
      to: { moment: '2026-06-01T00:00:00.000Z' },
    });
  });

  test('describeChanges lists fields with the labels and in the order of the form, and an unknown field by its column', () => {
    const versions = [
      { name: 'May', end: '2026-05-01', new_field: [1] },
      { name: 'June', end: '2026-06-01', new_field: [2] },
    ] as const;
    const changes = describeChanges(['end', 'name'], ...versions);
    expect(changes.map(({ term }) => term)).toEqual(['Name', 'End']);
    expect(describeChanges(['new_field'], ...versions)).toEqual([
      { column: 'new_field', term: 'new field', from: { text: '[1]' }, to: { text: '[2]' } },
    ]);
  });
});
