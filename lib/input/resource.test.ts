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

test('nullsLeftOut removes null fields of the body and of the named inner objects only', () => {
  const given = { type: null, name: null, inner: { a: null, b: [null], inner: { c: null } }, other: { a: null } };
  expect(schema.parse(given)).toStrictEqual({ name: 'none', inner: { b: [null], inner: {} }, other: { a: null } });
});

test.each([null, 7, 'x', [null]])('nullsLeftOut passes %j, which is not an object, to the schema unchanged', (value) => {
  expect(schema.safeParse(value).success).toBe(false);
});

test.each(['promotion_job', 'Promotion', '', 5, ['promotion']])('resourceType rejects %j', (type) => {
  expect(schema.safeParse({ type }).error?.issues).toMatchObject([{ path: ['type'], message: 'Enter promotion, or leave the type out' }]);
});
