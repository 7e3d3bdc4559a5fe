import { expect, test } from 'vitest';
import { z } from 'zod';
import { nullsLeftOut, resourceType } from '#lib/input/resource';

const schema = nullsLeftOut(
  z.object({
    type: resourceType('promotion'),
    name: z.string().default('none'),
    inner: z.unknown().optional(),
    other: z.unknown().optional(),
  }),
  ['inner'],
);

test('nullsLeftOut treats null as left out in the body and in the inner objects it is told, and nowhere else', () => {
  const given = { type: null, name: null, inner: { a: null, b: [null], inner: { c: null } }, other: { a: null } };
  expect(schema.parse(given)).toStrictEqual({ name: 'none', inner: { b: [null], inner: {} }, other: { a: null } });
});

test.each([null, 7, 'x', [null]])('nullsLeftOut lets the schema refuse %j, which is no object', (value) => {
  expect(schema.safeParse(value).success).toBe(false);
});

test.each(['promotion_job', 'Promotion', '', 5, ['promotion']])('resourceType refuses %j', (type) => {
  expect(schema.safeParse({ type }).error?.issues).toMatchObject([{ path: ['type'], message: 'Enter promotion, or leave the type out' }]);
});
