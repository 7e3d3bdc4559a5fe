import { afterEach, describe, expect, test } from 'vitest';
import { removeCodes } from '#lib/codes/remove';
import { checkRedemption } from '#lib/redemptions/check';
import { findRedemption } from '#lib/redemptions/find';
import { confirmRedemption } from '#lib/redemptions/holds/confirm';
import { sweepHolds } from '#lib/redemptions/holds/sweep';
import { redeem } from '#lib/redemptions/redeem';
import { rollBackRedemption } from '#lib/redemptions/rollback';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import { checkInput, redeemInput } from '#lib/redemptions/schema';
import { redemptionStatus } from '#lib/redemptions/status';
import { mergeCounts } from '#lib/redemptions/usages/counts.sql';
import { actor, db } from '#lib/testing/database';
import { endHolds, seedCode, usesLeft, wrongCounts } from '#lib/testing/redemptions';

const take = (given: unknown) => redeem(db, actor, redeemInput.parse(given));
const hold = (code: string, holdSeconds = 60) => take({ codes: [{ code }], hold_seconds: holdSeconds });
const check = (code: string) => checkRedemption(db, actor, checkInput.parse({ code }));

/** The key of the redemption of these rows. */
function keyOf([row]: readonly RedemptionRow[]): RedemptionRow {
  if (!row) throw new Error('a redemption without codes');
  return row;
}

const confirm = (rows: readonly RedemptionRow[]) => confirmRedemption(db, actor, keyOf(rows));
const rollBack = (rows: readonly RedemptionRow[], codes?: { code: string; quantity: number }[]) =>
  rollBackRedemption(db, actor, keyOf(rows), codes ? { codes } : {});
const find = (rows: readonly RedemptionRow[]) => findRedemption(db, actor, keyOf(rows));

afterEach(async () => {
  await sweepHolds(db);
  expect(await wrongCounts(db)).toEqual([]);
});

describe('a hold', () => {
  test('takes the use at once and ends at its time by the clock of the database', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const [{ now }] = await db.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
    const rows = await hold(code, 60);
    expect(redemptionStatus(rows)).toBe('held');
    expect(Number(keyOf(rows).heldUntil) - Number(now)).toBeGreaterThanOrEqual(60_000);
    expect(await find(rows)).toMatchObject([{ heldUntil: keyOf(rows).heldUntil }]);
    expect(await check(code)).toMatchObject({ reason: 'used_up', usesLeft: 0 });
  });

  test('that has run out frees its use for a check and a redemption while nothing sweeps', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const rows = await hold(code);
    await endHolds(db);
    expect(redemptionStatus(await find(rows))).toBe('expired');
    expect(await check(code)).toMatchObject({ reason: null, usesLeft: 1 });
    expect(redemptionStatus(await take({ codes: [{ code }] }))).toBe('redeemed');
    expect(redemptionStatus(await find(rows))).toBe('expired');
  });

  test('that has run out frees the use of a code in a list of several', async () => {
    const [first, second] = [await seedCode(db, { uses: 1 }), await seedCode(db, { uses: 1 })];
    await hold(first.code);
    await endHolds(db);
    await take({ codes: [{ code: first.code }, { code: second.code }] });
    expect([await usesLeft(db, first.code), await usesLeft(db, second.code)]).toEqual([0, 0]);
  });

  test('that has run out is given back by the sweep once, with all of its codes', async () => {
    const [first, second] = [await seedCode(db, { uses: 3 }), await seedCode(db)];
    const rows = await take({ codes: [{ code: first.code }, { code: second.code }], hold_seconds: 60 });
    await endHolds(db);
    await Promise.all([sweepHolds(db), sweepHolds(db), sweepHolds(db)]);
    expect(await usesLeft(db, first.code)).toBe(3);
    expect(await find(rows)).toMatchObject([
      { code: first.code, quantity: 1, returned: 1, expired: true },
      { code: second.code, quantity: 1, returned: 1, expired: true },
    ]);
  });

  test('of a code that is removed meanwhile can be confirmed, and the redemption keeps the text of the code', async () => {
    const { code, promotionId } = await seedCode(db, { uses: 1 });
    const rows = await hold(code);
    await removeCodes(db, actor, promotionId, { codes: [{ code }] });
    expect(redemptionStatus(await confirm(rows))).toBe('redeemed');
    expect(await find(rows)).toMatchObject([{ code, promotionId, quantity: 1, returned: 0 }]);
  });
});

describe('confirmRedemption', () => {
  test('makes a hold final, and a repetition answers the same', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const rows = await hold(code);
    const confirmed = await confirm(rows);
    expect(redemptionStatus(confirmed)).toBe('redeemed');
    await endHolds(db);
    await sweepHolds(db);
    expect(await confirm(rows)).toEqual(confirmed);
    expect(await usesLeft(db, code)).toBe(0);
  });

  test('answers a redemption that was never held as it is', async () => {
    const { code } = await seedCode(db);
    expect(redemptionStatus(await confirm(await take({ codes: [{ code }] })))).toBe('redeemed');
  });

  test('refuses a hold that has run out, before and after the sweep', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const rows = await hold(code);
    await endHolds(db);
    await expect(confirm(rows)).rejects.toMatchObject({ code: 'unprocessable' });
    await sweepHolds(db);
    await expect(confirm(rows)).rejects.toMatchObject({ code: 'unprocessable' });
    expect(await usesLeft(db, code)).toBe(1);
  });

  test('refuses a redemption that was rolled back', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const rows = await hold(code);
    await rollBack(rows);
    await expect(confirm(rows)).rejects.toMatchObject({ code: 'unprocessable' });
  });

  test('does not find an id whose promotion is another', async () => {
    const [{ code }, other] = [await seedCode(db), await seedCode(db)];
    const { id } = keyOf(await hold(code));
    const { promotionNumber } = keyOf(await hold(other.code));
    await expect(confirmRedemption(db, actor, { promotionNumber, id })).rejects.toMatchObject({ code: 'not_found' });
    expect(await db.redemptionHold.count({ where: { id } })).toBe(1);
  });

  test('and the end of the hold at the same moment leave the redemption either redeemed or expired, as the answer says', async () => {
    const { code } = await seedCode(db, { uses: 100 });
    const held = await Promise.all(Array.from({ length: 40 }, () => hold(code)));
    const confirmed = await Promise.all(
      held.map(async (rows, i) => {
        const [answer] = await Promise.allSettled([confirm(rows), i % 2 ? endHolds(db) : sweepHolds(db)]);
        return answer.status === 'fulfilled';
      }),
    );
    await sweepHolds(db);
    const found = await Promise.all(held.map(async (rows) => redemptionStatus(await find(rows))));
    expect(found).toEqual(confirmed.map((done) => (done ? 'redeemed' : 'expired')));
    expect(await usesLeft(db, code)).toBe(100 - confirmed.filter(Boolean).length);
  });
});

describe('rollBackRedemption', () => {
  test('gives all uses back once, also when it is called twenty times at the same moment', async () => {
    const [limited, unlimited] = [await seedCode(db, { uses: 9, consume_unit: 'per_item' }), await seedCode(db)];
    const rows = await take({ codes: [{ code: limited.code, quantity: 5 }, { code: unlimited.code }] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => rollBack(rows)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(redemptionStatus(answers[0] ?? [])).toBe('rolled_back');
    expect(answers[0]).toMatchObject([{ updatedBy: actor.name }, { updatedBy: actor.name }]);
    expect(await usesLeft(db, limited.code)).toBe(9);
  });

  test('gives a part of a code back; the quantity is what is back in all', async () => {
    const { code } = await seedCode(db, { uses: 9, consume_unit: 'per_item' });
    const rows = await take({ codes: [{ code, quantity: 5 }] });
    expect(await rollBack(rows, [{ code: code.toLowerCase(), quantity: 2 }])).toMatchObject([{ quantity: 5, returned: 2 }]);
    expect(await rollBack(rows, [{ code, quantity: 2 }])).toMatchObject([{ returned: 2 }]);
    expect(await rollBack(rows, [{ code, quantity: 1 }])).toMatchObject([{ returned: 2 }]);
    expect(await usesLeft(db, code)).toBe(6);
    expect(redemptionStatus(await rollBack(rows, [{ code, quantity: 5 }]))).toBe('rolled_back');
    expect(await usesLeft(db, code)).toBe(9);
  });

  test('refuses a code that the redemption does not have, and more uses than it took', async () => {
    const { code } = await seedCode(db, { uses: 9 });
    const rows = await take({ codes: [{ code }] });
    const refused = rollBack(rows, [
      { code: 'OTHER', quantity: 1 },
      { code, quantity: 2 },
    ]);
    await expect(refused).rejects.toMatchObject({
      code: 'unprocessable',
      problems: [{ source: 'codes.0.code' }, { source: 'codes.1.quantity' }],
    });
  });

  test('of a part of a hold keeps the rest held', async () => {
    const { code } = await seedCode(db, { uses: 9, consume_unit: 'per_item' });
    const rows = await take({ codes: [{ code, quantity: 5 }], hold_seconds: 60 });
    expect(redemptionStatus(await rollBack(rows, [{ code, quantity: 2 }]))).toBe('held');
    await endHolds(db);
    await sweepHolds(db);
    expect(await usesLeft(db, code)).toBe(9);
    expect(redemptionStatus(await rollBack(rows))).toBe('expired');
  });

  test('of a redemption whose code was removed counts for the promotion', async () => {
    const [limited, unlimited] = [await seedCode(db, { uses: 1 }), await seedCode(db)];
    const all = [await take({ codes: [{ code: limited.code }] }), await take({ codes: [{ code: unlimited.code }] })];
    await removeCodes(db, actor, limited.promotionId, { codes: [{ code: limited.code }] });
    await removeCodes(db, actor, unlimited.promotionId, { codes: [{ code: unlimited.code }] });
    for (const rows of all) expect(redemptionStatus(await rollBack(rows))).toBe('rolled_back');
  });
});

describe('mergeCounts', () => {
  test('keeps the counts of past periods while uses are taken and given back', async () => {
    const { code } = await seedCode(db, { uses: 500 });
    const rows = await take({ codes: [{ code }] });
    await db.$executeRaw`update redemptions set id = id - (3600000::bigint << 20) where id = ${keyOf(rows).id}`;
    await db.$executeRaw`update redemption_counts set period = period - 4`;
    const past = [{ ...keyOf(rows), id: keyOf(rows).id - (3_600_000n << 20n) }];
    await Promise.all([
      ...Array.from({ length: 5 }, () => mergeCounts(db)),
      ...Array.from({ length: 20 }, () => take({ codes: [{ code }] })),
      rollBack(past),
    ]);
    await mergeCounts(db);
    const slots = await db.redemptionCount.findMany({ where: { period: { lt: Math.floor(Date.now() / 900_000) - 1 } } });
    expect(slots.every(({ slot }) => slot === 0)).toBe(true);
  });
});

describe('a code', () => {
  test.each([{ uses: 100_000 }, {}])('%j that is removed while it is redeemed keeps the text of every redemption', async (given) => {
    const { code, promotionId } = await seedCode(db, given);
    const redemptions = Array.from({ length: 60 }, () => take({ codes: [{ code }] }));
    await Promise.all([redemptions[0], removeCodes(db, actor, promotionId, { codes: [{ code }] })]);
    const outcomes = await Promise.allSettled(redemptions);
    const redeemed = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    for (const rows of redeemed) expect(await find(rows)).toMatchObject([{ code, promotionId }]);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ problems: [{ reason: 'not_found' }] });
    expect(await check(code)).toMatchObject({ reason: 'not_found' });
  });
});
