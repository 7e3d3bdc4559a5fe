import { afterEach, describe, expect, test } from 'vitest';
import { listCodes, lookUpCodes } from '#lib/codes/query';
import { codesAddress, lookUpInput } from '#lib/codes/schema';
import { giveBack } from '#lib/redemptions/give-back';
import { publicId, readPublicId, redeemedAt } from '#lib/redemptions/key';
import { getPromotionUses, getUsedByDay, getUsedCode, getUsesOfCodes, listLatestRedemptions } from '#lib/redemptions/query';
import { redeem } from '#lib/redemptions/redeem';
import { rollBackRedemption } from '#lib/redemptions/rollback';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import { giveBackInput, redeemInput, usesAddress } from '#lib/redemptions/schema';
import { actor, db } from '#lib/testing/database';
import { seedCode, wrongCounts } from '#lib/testing/redemptions';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

async function take(code: string, more: object = {}): Promise<RedemptionRow> {
  const [row] = await redeem(db, actor, redeemInput.parse({ codes: [{ code, quantity: 2 }], ...more }));
  if (!row) throw new Error('nothing was redeemed');
  return row;
}

afterEach(async () => expect(await wrongCounts(db)).toEqual([]));

describe('the uses that screens show', () => {
  test('are counted by promotion, by day in the time zone of the reader, and by job', async () => {
    const { code, promotionId } = await seedCode(db, { uses: 10, consume_unit: 'per_item' });
    await take(code);
    const kept = await take(code);
    await rollBackRedemption(db, actor, kept, { codes: [{ code, quantity: 1 }] });
    // 20:00 UTC on 1 December is the next day in India.
    const period = Date.UTC(2026, 11, 1, 20) / 900_000;
    await db.redemptionCount.updateMany({ where: { promotionNumber: kept.promotionNumber }, data: { period } });
    expect(await getPromotionUses(db, promotionId)).toEqual({
      recorded: true,
      used: 3,
      usedCodes: 1,
      codeCount: 1,
      byDay: [{ day: '2026-12-01', used: 3 }],
      byJob: [{ jobId: null, name: null, generated: null, used: 3 }],
    });
    const inIndia = { promotion_id: promotionId, time_zone: 'Asia/Kolkata' };
    expect(await getUsedByDay(db, actor, inIndia)).toEqual([{ day: '2026-12-02', used: 3 }]);
    await db.redemptionCount.deleteMany({ where: { promotionNumber: kept.promotionNumber } });
    await db.redemption.deleteMany({ where: { promotionNumber: kept.promotionNumber } });
    await db.promotionCode.updateMany({ where: { code }, data: { uses: 10 } });
  });

  test('of a promotion without redemptions are 0', async () => {
    const { promotionId } = await seedCode(db);
    const none = { recorded: false, used: 0, usedCodes: 0, codeCount: 1, byDay: [], byJob: [] };
    expect(await getPromotionUses(db, promotionId)).toEqual(none);
    expect(await listLatestRedemptions(db, promotionId)).toEqual({ redemptions: [], older: null });
  });

  test('of a promotion whose uses were all given back are 0, and still recorded', async () => {
    const { code, promotionId } = await seedCode(db);
    await rollBackRedemption(db, actor, await take(code), {});
    expect(await getPromotionUses(db, promotionId)).toMatchObject({ recorded: true, used: 0, usedCodes: 0, byDay: [], byJob: [] });
  });

  test('name the job of the codes, and count a used code once', async () => {
    const promotion = await seedPromotion(db);
    const prefix = promotion.id.slice(0, 8);
    const jobId = await seedCodes(db, promotion, 3, prefix);
    await db.promotionJob.update({ where: { id: jobId }, data: { name: 'May' } });
    await db.promotionCode.updateMany({ where: { jobId }, data: { maxUses: 5, uses: 5 } });
    for (const n of [1, 1, 2]) await take(`${prefix}-${n}`);
    expect(await getPromotionUses(db, promotion.id)).toMatchObject({
      used: 3,
      usedCodes: 2,
      byJob: [{ jobId, name: 'May', generated: 3, used: 3 }],
    });
  });

  test('make no version of the promotion in its history', async () => {
    const { code, promotionId } = await seedCode(db);
    const versions = () => db.promotionVersion.count({ where: { promotionId } });
    const before = await versions();
    await rollBackRedemption(db, actor, await take(code), {});
    await take(code, { hold_seconds: 60 });
    expect(await versions()).toBe(before);
  });

  test('stand in the list of codes and in a look-up, which tell a promotion without a recorded redemption', async () => {
    const [used, other] = [await seedCode(db, { uses: 1 }), await seedCode(db)];
    await take(used.code);
    expect(await listCodes(db, used.promotionId, codesAddress.parse({}))).toMatchObject({
      usesRecorded: true,
      codes: [{ code: used.code, used: 1, state: 'used up' }],
    });
    expect(await listCodes(db, other.promotionId, codesAddress.parse({}))).toMatchObject({
      usesRecorded: false,
      codes: [{ state: 'unused' }],
    });
    expect(await lookUpCodes(db, actor, lookUpInput.parse({ text: `${used.code} ${other.code}` }))).toMatchObject([
      { code: { used: 1, state: 'used up' }, promotion: { usesRecorded: true } },
      { code: { used: 0, state: 'unused' }, promotion: { usesRecorded: false } },
    ]);
  });

  test('show redemptions in pages, the latest first', async () => {
    const { code, promotionId } = await seedCode(db);
    const other = await seedCode(db);
    const taken: bigint[] = [];
    for (let n = 0; n < 26; n += 1) taken.unshift((await take(code)).id);
    const first = await listLatestRedemptions(db, promotionId);
    expect(first.redemptions.map(({ redemptionId }) => readPublicId(redemptionId)?.id)).toEqual(taken.slice(0, 25));
    const rest = await listLatestRedemptions(db, promotionId, usesAddress.parse({ code: code.toLowerCase(), before: first.older }));
    expect(rest.redemptions.map(({ redemptionId }) => readPublicId(redemptionId)?.id)).toEqual(taken.slice(25));
    expect(rest.older).toBeNull();
    expect((await listLatestRedemptions(db, promotionId, { code: other.code })).redemptions).toEqual([]);
  });

  test('of one code of an order are given back without the others, and once', async () => {
    const [one, other] = [await seedCode(db, { uses: 1 }), await seedCode(db, { uses: 1 })];
    const [row] = await redeem(db, actor, redeemInput.parse({ codes: [{ code: one.code }, { code: other.code }] }));
    if (!row) throw new Error('nothing was redeemed');
    const input = giveBackInput.parse({ redemption_id: publicId(row), code: one.code, quantity: 1 });
    await giveBack(db, actor, input);
    await giveBack(db, actor, input);
    expect(await getUsedCode(db, one.promotionId, one.code.toLowerCase())).toMatchObject({ used: 0, state: 'unused', usesLeft: 1 });
    expect(await getUsedCode(db, other.promotionId, other.code)).toMatchObject({ used: 1, state: 'used up', usesLeft: 0 });
    expect(await getUsedCode(db, other.promotionId, one.code)).toBeNull();
    const { redemptions } = await listLatestRedemptions(db, one.promotionId);
    expect(redemptions).toMatchObject([{ status: 'rolled_back', returnedBy: actor.name }]);
  });

  test('tell unused, used and used up codes apart, with limited and unlimited uses', async () => {
    const codes = [
      await seedCode(db, { uses: 1 }),
      await seedCode(db, { uses: 2 }),
      await seedCode(db, { uses: 1 }),
      await seedCode(db),
      await seedCode(db),
    ];
    for (const place of [1, 2, 3]) await take(codes[place]?.code ?? '');
    const rows = await db.promotionCode.findMany({ where: { code: { in: codes.map(({ code }) => code) } }, orderBy: { id: 'asc' } });
    const uses = await getUsesOfCodes(
      db,
      rows.map(({ uses, ...row }) => ({ ...row, usesLeft: uses })),
    );
    expect(rows.map(({ id }) => uses.get(id)?.state)).toEqual(['unused', 'used', 'used up', 'used', 'unused']);
    expect(rows.map(({ id }) => uses.get(id)?.used)).toEqual([0, 1, 1, 1, 0]);
  });

  test('show the latest redemptions of a promotion and of a code, with what was given back', async () => {
    const { code, promotionId } = await seedCode(db);
    const first = await take(code, { order: '1', customer: 'ann' });
    const held = await take(code, { hold_seconds: 60 });
    await rollBackRedemption(db, actor, first, {});
    const expected = [
      { code, status: 'held', redemptionId: publicId(held), order: null },
      { code, status: 'rolled_back', redemptionId: publicId(first), order: '1', customer: 'ann', redeemedAt: redeemedAt(first.id) },
    ];
    expect(await listLatestRedemptions(db, promotionId)).toMatchObject({ redemptions: expected, older: null });
    expect(await listLatestRedemptions(db, promotionId, { code: code.toLowerCase() })).toMatchObject({ redemptions: expected });
  });
});
