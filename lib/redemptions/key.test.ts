import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstIdAt, publicId, readPublicId, redeemedAt } from '#lib/redemptions/key';
import { packReference, unpackReference } from '#lib/redemptions/reference';

test('the public id of a redemption is a UUID that gives its key back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (promotionNumber, id) => {
      const text = publicId({ promotionNumber, id });
      expect(text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(readPublicId(text)).toEqual({ promotionNumber, id });
    }),
  );
});

test.each([
  '',
  'x',
  '84d86114-a92d-4c34-92f1-3e36ef6cabeb',
  'ffffffff-0000-8000-8000-000000000000',
  '00000001-ffff-8fff-8fff-ffffff000000',
])('%j is no public id of a redemption', (text) => expect(readPublicId(text)).toBeNull());

test('the id of a redemption holds its time to the millisecond', () => {
  const time = new Date('2026-12-06T13:52:29.587Z');
  expect(redeemedAt(firstIdAt(time))).toEqual(time);
  expect(redeemedAt(firstIdAt(time) + 1_048_575n)).toEqual(time);
});

test('every id of an order or a customer comes back from storage as it was', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.uuid(),
        fc.uuid().map((id) => id.toUpperCase()),
      ),
      (text) => {
        expect(unpackReference(packReference(text))).toBe(text);
      },
    ),
  );
});

test('a UUID is stored in 17 bytes', () => {
  expect(packReference('84d86114-a92d-4c34-92f1-3e36ef6cabeb')).toHaveLength(17);
});
