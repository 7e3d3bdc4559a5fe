import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { addCodes } from '#lib/codes/add';
import { removeCodes } from '#lib/codes/remove';
import { addCodesInput } from '#lib/codes/schema';
import { actor, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const codes = (...names: string[]) => addCodesInput.parse({ codes: names.map((code) => ({ code })) });
const stored = async (promotionId: string) => {
  const rows = await db.promotionCode.findMany({ where: { promotionId }, orderBy: { id: 'asc' } });
  const { codeCount } = await db.promotion.findUniqueOrThrow({ where: { id: promotionId } });
  expect(codeCount).toBe(rows.length);
  return rows;
};
/** Codes that no other test uses. */
const fresh = () => randomUUID().slice(0, 8);

describe('addCodes', () => {
  test('addCodes stores the given codes in their order, with all uses left', async () => {
    const { id } = await seedPromotion(db);
    const [a, b] = [`z-${fresh()}`, `a-${fresh()}`];
    const input = addCodesInput.parse({ codes: [{ code: a }, { code: b, uses: 3, user: 'anna', consume_unit: 'per_item' }] });
    await addCodes(db, actor, id, input);
    expect(await stored(id)).toEqual([
      expect.objectContaining({
        code: a,
        maxUses: null,
        uses: null,
        user: null,
        consumeUnit: 'per_cart',
        createdBy: actor.name,
        jobId: null,
      }),
      expect.objectContaining({ code: b, maxUses: 3, uses: 3, user: 'anna', consumeUnit: 'per_item' }),
    ]);
  });

  test('addCodes adds no code when one exists in any promotion, in any case, and names each such code', async () => {
    const { id: elsewhere } = await seedPromotion(db);
    const { id } = await seedPromotion(db);
    const [taken, other, free] = [`T-${fresh()}`, `o-${fresh()}`, `f-${fresh()}`];
    await addCodes(db, actor, elsewhere, codes(taken));
    await addCodes(db, actor, id, codes(other));
    await expect(addCodes(db, actor, id, codes(free, taken.toLowerCase(), other.toUpperCase()))).rejects.toMatchObject({
      code: 'conflict',
      problems: [
        { detail: `${taken.toLowerCase()} exists already`, source: 'codes.1.code' },
        { detail: `${other.toUpperCase()} exists already`, source: 'codes.2.code' },
      ],
    });
    expect(await stored(id)).toHaveLength(1);
  });

  test('addCodes rejects a list that contains a code twice', async () => {
    const { id } = await seedPromotion(db);
    const code = fresh();
    await expect(addCodes(db, actor, id, codes(code, 'other', code.toUpperCase()))).rejects.toMatchObject({
      problems: [{ source: 'codes.2.code' }],
    });
    expect(await stored(id)).toEqual([]);
  });

  test('addCodes rejects an automatic promotion, a full one, and one that runs too long for so many codes', async () => {
    const automatic = await seedPromotion(db, { automatic: true });
    await expect(addCodes(db, actor, automatic.id, codes(fresh()))).rejects.toMatchObject({
      code: 'no_codes_allowed',
      message: 'Cannot add codes to an automatic promotion',
    });
    const full = await seedPromotion(db);
    await seedCodes(db, full, 999, fresh());
    await expect(addCodes(db, actor, full.id, codes(fresh(), fresh()))).rejects.toMatchObject({
      code: 'too_many_codes',
      message: 'Only 1000 promotion codes are allowed per promotion',
    });
    await addCodes(db, actor, full.id, codes(fresh()));
    expect(await stored(full.id)).toHaveLength(1000);
    const long = await seedPromotion(db, { start: new Date('2026-01-01'), end: new Date('2027-01-02'), maxCodes: 2000 });
    await seedCodes(db, long, 1000, fresh());
    await expect(addCodes(db, actor, long.id, codes(fresh()))).rejects.toMatchObject({
      code: 'unprocessable',
      message: expect.stringMatching(/365 days.*2027-01-01/),
    });
    await expect(addCodes(db, actor, randomUUID(), codes(fresh()))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('addCodes fills a promotion to its maximum and not above when many calls run at once', async () => {
    const { id } = await seedPromotion(db, { maxCodes: 5 });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => addCodes(db, actor, id, codes(fresh()))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'too_many_codes' });
    expect(await stored(id)).toHaveLength(5);
  });
});

describe('removeCodes', () => {
  test('removeCodes removes one or many codes in any case', async () => {
    const { id } = await seedPromotion(db);
    const names = ['a', 'b', 'c'].map((letter) => `${letter}-${fresh()}`);
    await addCodes(db, actor, id, codes(...names));
    await removeCodes(db, actor, id, codes(names[0]?.toUpperCase() ?? '', names[2] ?? ''));
    expect((await stored(id)).map(({ code }) => code)).toEqual([names[1]]);
  });

  test('removeCodes removes all codes or none, and no codes of other promotions', async () => {
    const { id } = await seedPromotion(db);
    const { id: elsewhere } = await seedPromotion(db);
    const [mine, theirs] = [fresh(), fresh()];
    await addCodes(db, actor, id, codes(mine));
    await addCodes(db, actor, elsewhere, codes(theirs));
    await expect(removeCodes(db, actor, id, codes(mine, theirs))).rejects.toMatchObject({
      code: 'not_found',
      problems: [{ detail: `${theirs} is no code of this promotion`, source: 'codes.1.code' }],
    });
    expect(await stored(id)).toHaveLength(1);
    expect(await stored(elsewhere)).toHaveLength(1);
    await expect(removeCodes(db, actor, randomUUID(), codes(mine))).rejects.toMatchObject({ code: 'not_found' });
  });
});
