import { afterEach, describe, expect, test } from 'vitest';
import { removeCodes } from '#lib/codes/remove';
import { publicId, redeemedAt } from '#lib/redemptions/key';
import { redeem } from '#lib/redemptions/redeem';
import { rollBackRedemption } from '#lib/redemptions/rollback';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import { redeemInput } from '#lib/redemptions/schema';
import { anonymizeUsages } from '#lib/redemptions/usages/anonymize';
import { listUsages, type UsagesQuery } from '#lib/redemptions/usages/list';
import { actor, db } from '#lib/testing/database';
import { endHolds, seedCode, wrongCounts } from '#lib/testing/redemptions';

async function take(code: string, more: object = {}): Promise<RedemptionRow> {
  const [row] = await redeem(db, actor, redeemInput.parse({ codes: [{ code, quantity: 2 }], ...more }));
  if (!row) throw new Error('nothing was redeemed');
  return row;
}

const newestFirst = { by: 'updated_at', descending: true } as const;
const list = (query: Partial<UsagesQuery> & { promotionId: string }) =>
  listUsages(db, actor, { order: newestFirst, limit: 25, offset: 0, ...query });
const ids = (rows: readonly RedemptionRow[]) => rows.map(({ id }) => id);

afterEach(async () => expect(await wrongCounts(db)).toEqual([]));

describe('listUsages', () => {
  test('lists what counts, the last changed first', async () => {
    const { code, promotionId } = await seedCode(db, { consume_unit: 'per_item' });
    const [first, second, third, fourth] = [await take(code), await take(code), await take(code), await take(code)];
    await rollBackRedemption(db, actor, third, {});
    await rollBackRedemption(db, actor, first, { codes: [{ code, quantity: 1 }] });
    const { rows, total } = await list({ promotionId });
    expect(ids(rows)).toEqual([first.id, fourth.id, second.id]);
    expect(total).toBe(3);
    expect(ids((await list({ promotionId, order: { by: 'updated_at', descending: false } })).rows)).toEqual([
      second.id,
      fourth.id,
      first.id,
    ]);
    expect(ids((await list({ promotionId, order: { by: 'used_on', descending: false }, limit: 2 })).rows)).toEqual([first.id, second.id]);
    expect(ids((await list({ promotionId, offset: 1, limit: 1 })).rows)).toEqual([fourth.id]);
  });

  test.each(['code', 'order_id', 'customer_id', 'customer_email', 'id'] as const)('sorts by %s', async (by) => {
    const { code, promotionId } = await seedCode(db);
    const [b, a] = [await take(code, { order: 'b', customer: 'b' }), await take(code, { order: 'a', customer: 'a' })];
    const expected = by === 'order_id' || by === 'customer_id' ? [a.id, b.id] : [b.id, a.id];
    expect(ids((await list({ promotionId, order: { by, descending: false } })).rows)).toEqual(expected);
  });

  test('filters by id, by code in any case and by time', async () => {
    const { code, promotionId } = await seedCode(db);
    const other = await seedCode(db);
    const [first, second] = [await take(code), await take(code)];
    const found = async (filter: UsagesQuery['filter']) => {
      const { rows, total } = await list({ promotionId, ...(filter && { filter }) });
      expect(total).toBe(rows.length);
      return ids(rows);
    };
    expect(await found({ id: publicId(first) })).toEqual([first.id]);
    expect(await found({ id: publicId(await take(other.code)) })).toEqual([]);
    expect(await found({ id: 'nonsense' })).toEqual([]);
    expect(await found({ code: code.toLowerCase() })).toEqual([second.id, first.id]);
    expect(await found({ code: other.code })).toEqual([]);
    expect(await found({ from: redeemedAt(first.id) })).toEqual([second.id, first.id]);
    expect(await found({ before: redeemedAt(first.id) })).toEqual([]);
    expect(await found({ from: new Date(redeemedAt(second.id).getTime() + 1) })).toEqual([]);
  });

  test('of a code lists its usages also after the code was removed, and refuses a code that the promotion never had', async () => {
    const { code, promotionId } = await seedCode(db);
    const used = await take(code);
    await removeCodes(db, actor, promotionId, { codes: [{ code }] });
    expect(ids((await list({ promotionId, code: code.toLowerCase() })).rows)).toEqual([used.id]);
    await expect(list({ promotionId, code: 'OTHER' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('leaves out a hold that has run out', async () => {
    const { code, promotionId } = await seedCode(db);
    await take(code, { hold_seconds: 60 });
    expect((await list({ promotionId })).total).toBe(1);
    await endHolds(db);
    expect(await list({ promotionId })).toEqual({ rows: [], total: 0 });
  });
});

describe('anonymizeUsages', () => {
  test('removes the customer from the named usages, keeps the counts, and tells the ids that are unknown', async () => {
    const { code, promotionId } = await seedCode(db);
    const [first, second] = [await take(code, { order: '17', customer: 'ann' }), await take(code, { customer: 'ann' })];
    const result = await anonymizeUsages(db, actor, { usage_ids: [publicId(first), 'nonsense'] });
    expect(result.rows).toMatchObject([{ id: first.id, customer: null, order: '17', anonymized: true, updatedBy: actor.name }]);
    expect(result.unknown).toEqual(['nonsense']);
    const { rows, total } = await list({ promotionId });
    expect(rows).toMatchObject([
      { id: first.id, anonymized: true },
      { id: second.id, customer: 'ann' },
    ]);
    expect(total).toBe(2);
    expect(await anonymizeUsages(db, actor, { usage_ids: [publicId(first)] })).toEqual({ rows: result.rows, unknown: [] });
  });

  test('removes one customer from all of their usages', async () => {
    const codes = await Promise.all(Array.from({ length: 3 }, () => seedCode(db)));
    for (const { code } of codes) await take(code, { customer: 'bob' });
    const other = await take(codes[0]?.code ?? '', { customer: 'bobby' });
    expect((await anonymizeUsages(db, actor, { customer: 'bob' })).rows).toHaveLength(3);
    expect((await anonymizeUsages(db, actor, { customer: 'bob' })).rows).toEqual([]);
    expect((await list({ promotionId: other.promotionId })).rows).toMatchObject([{ customer: null }, { customer: 'bobby' }]);
  });
});
