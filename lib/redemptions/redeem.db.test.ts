import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { DomainError } from '#lib/errors';
import { checkRedemption } from '#lib/redemptions/check';
import { countMisses } from '#lib/redemptions/misses';
import { redeem } from '#lib/redemptions/redeem';
import { type CheckInput, checkInput, redeemInput } from '#lib/redemptions/schema';
import { redemptionStatus } from '#lib/redemptions/status';
import { actor, db } from '#lib/testing/database';
import { seedCode, usesLeft, wrongCounts } from '#lib/testing/redemptions';
import type { Actor } from '#lib/users/permissions';
import type { PromotionCreateInput } from '#prisma/models/Promotion';

const newCode = () => `CODE-${randomUUID().slice(0, 8)}`;
const codeWith = (given?: object, promotion?: Partial<PromotionCreateInput>) => seedCode(db, given, promotion);

const check = (given: unknown): ReturnType<typeof checkRedemption> =>
  checkRedemption(db, actor, checkInput.parse(given) satisfies CheckInput);
const take = (given: unknown) => redeem(db, actor, redeemInput.parse(given));
const takeOne = (code: string, more: object = {}) => take({ codes: [{ code }], ...more });

/** The reason at each code of a refused redemption; null where it was not refused. */
async function reasonsOf(redemption: Promise<unknown>): Promise<(string | undefined)[] | null> {
  try {
    await redemption;
    return null;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'code_unusable') throw error;
    return error.problems.map(({ reason }) => reason);
  }
}

const usesOf = (code: string) => usesLeft(db, code);

const day = 86_400_000;
const fromNow = (days: number) => new Date(Date.now() + days * day);

afterEach(async () => expect(await wrongCounts(db)).toEqual([]));

describe('checkRedemption and redeem', () => {
  const ended = { start: fromNow(-3), end: fromNow(-1) };
  const notStarted = { start: fromNow(1), end: fromNow(2) };
  test.each([
    ['a promotion that is switched off', 'promotion_off', {}, { enabled: false }],
    ['a promotion that is switched off and has ended', 'promotion_off', {}, { enabled: false, ...ended }],
    ['a promotion that has not started', 'not_started', {}, notStarted],
    ['a promotion that has ended', 'ended', {}, ended],
    ['a code of another customer', 'other_customer', { user: 'ann' }, {}],
    ['a code of a list of other customers', 'other_customer', { user: ['ann', 'bob'] }, {}],
    ['a code of another customer that cannot be used', 'other_customer', { user: 'ann', uses: 0 }, {}],
    ['a code with a maximum of 0', 'unusable', { uses: 0 }, {}],
  ])('refuse %s with the reason %s', async (_, reason, code, promotion) => {
    const { code: text } = await codeWith(code, promotion);
    expect(await check({ code: text, customer: 'zoe' })).toMatchObject({ reason });
    expect(await reasonsOf(takeOne(text, { customer: 'zoe' }))).toEqual([reason]);
  });

  test('refuse a code of one customer without a customer', async () => {
    const { code } = await codeWith({ user: 'ann' });
    expect(await check({ code })).toMatchObject({ reason: 'other_customer' });
    expect(await reasonsOf(takeOne(code))).toEqual(['other_customer']);
  });

  test('refuse an unknown code with the reason not_found and no promotion', async () => {
    expect(await check({ code: newCode() })).toMatchObject({ reason: 'not_found', promotion: null });
    expect(await reasonsOf(takeOne(newCode()))).toEqual(['not_found']);
  });

  test('refuse a code without uses left with the reason used_up', async () => {
    const { code } = await codeWith({ uses: 1 });
    await takeOne(code);
    expect(await check({ code })).toMatchObject({ reason: 'used_up', usesLeft: 0, maxUses: 1 });
    expect(await reasonsOf(takeOne(code))).toEqual(['used_up']);
  });

  test.each(['ann', 'bob'])('accept a code of several customers from %s', async (customer) => {
    const { code } = await codeWith({ user: ['ann', 'bob'] });
    expect(await check({ code, customer })).toMatchObject({ reason: null });
    expect(await takeOne(code, { customer })).toMatchObject([{ code, customer }]);
  });

  test('accept a code in any case', async () => {
    const { code } = await codeWith({ uses: 2 });
    expect(await check({ code: code.toLowerCase() })).toMatchObject({ reason: null });
    expect(await takeOne(code.toUpperCase())).toMatchObject([{ code }]);
  });
});

describe('checkRedemption', () => {
  test('tells the promotion, the uses left and the maximum of a code, and writes nothing', async () => {
    const { code, promotionId, name } = await codeWith({ uses: 5 });
    const checked = await check({ code });
    expect(checked).toMatchObject({ reason: null, usesLeft: 5, maxUses: 5, promotion: { id: promotionId, name } });
    expect(await usesOf(code)).toBe(5);
    expect(await db.redemption.count({ where: { promotionNumber: await numberOf(promotionId) } })).toBe(0);
  });
});

const numberOf = async (id: string) => (await db.promotion.findUniqueOrThrow({ where: { id } })).number;

describe('redeem', () => {
  test('takes one use and keeps order and customer', async () => {
    const { code, promotionId } = await codeWith({ uses: 3 });
    const rows = await takeOne(code, { order: 'order 17', customer: '84d86114-a92d-4c34-92f1-3e36ef6cabeb' });
    expect(rows).toMatchObject([
      { code, promotionId, quantity: 1, returned: 0, order: 'order 17', customer: '84d86114-a92d-4c34-92f1-3e36ef6cabeb' },
    ]);
    expect(redemptionStatus(rows)).toBe('redeemed');
    expect(await usesOf(code)).toBe(2);
  });

  test('counts the quantity of a code that counts items, and one use of a code that counts carts', async () => {
    const [item, cart] = [await codeWith({ uses: 10, consume_unit: 'per_item' }), await codeWith({ uses: 10, consume_unit: 'per_cart' })];
    const rows = await take({
      codes: [
        { code: item.code, quantity: 4 },
        { code: cart.code, quantity: 4 },
      ],
    });
    expect(rows.map(({ code, quantity }) => [code, quantity])).toEqual([
      [item.code, 4],
      [cart.code, 1],
    ]);
    expect([await usesOf(item.code), await usesOf(cart.code)]).toEqual([6, 9]);
  });

  test('refuses a quantity above the uses left, and takes none', async () => {
    const { code } = await codeWith({ uses: 3, consume_unit: 'per_item' });
    expect(await reasonsOf(take({ codes: [{ code, quantity: 4 }] }))).toEqual(['used_up']);
    expect(await usesOf(code)).toBe(3);
  });

  test('takes all codes of a redemption or none, and tells the reason at each', async () => {
    const [good, off] = [await codeWith({ uses: 1 }), await codeWith({ uses: 1 }, { enabled: false })];
    const codes = [{ code: good.code }, { code: off.code }, { code: newCode() }];
    const refused = await take({ codes }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'code_unusable',
      problems: [
        { source: 'codes.1.code', reason: 'promotion_off' },
        { source: 'codes.2.code', reason: 'not_found' },
      ],
    });
    expect(await usesOf(good.code)).toBe(1);
  });

  test('refuses a list that has a code twice', async () => {
    const { code } = await codeWith();
    await expect(take({ codes: [{ code }, { code: code.toLowerCase() }] })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ source: 'codes.1.code' }],
    });
  });

  test('makes no version in the history of the promotion', async () => {
    const { code, promotionId } = await codeWith();
    const before = await db.promotionVersion.count({ where: { promotionId } });
    await takeOne(code);
    expect(await db.promotionVersion.count({ where: { promotionId } })).toBe(before);
  });

  test('lets exactly 50 of 200 calls at once have one of 50 uses', async () => {
    const { code } = await codeWith({ uses: 50 });
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => reasonsOf(takeOne(code))));
    expect(outcomes.filter((reasons) => reasons === null)).toHaveLength(50);
    expect(outcomes.filter((reasons) => reasons?.[0] === 'used_up')).toHaveLength(150);
    expect(await usesOf(code)).toBe(0);
  });

  test('counts 300 calls at once on a code without a limit', async () => {
    const { code, promotionId } = await codeWith();
    await Promise.all(Array.from({ length: 300 }, () => takeOne(code)));
    const { _sum } = await db.redemptionCount.aggregate({ where: { promotionNumber: await numberOf(promotionId) }, _sum: { used: true } });
    expect(_sum.used).toBe(300);
  });

  test('never waits in a circle when two lists name the same codes in opposite order', async () => {
    const codes = await Promise.all(Array.from({ length: 5 }, async () => ({ code: (await codeWith({ uses: 1000 })).code })));
    const reversed = codes.toReversed();
    await Promise.all(Array.from({ length: 60 }, (_, i) => take({ codes: i % 2 ? codes : reversed })));
    expect(await Promise.all(codes.map(({ code }) => usesOf(code)))).toEqual(codes.map(() => 940));
  });

  test('takes no use that the database would not allow', async () => {
    const { code } = await codeWith({ uses: 1 });
    await expect(db.$executeRaw`update promotion_codes set uses = -1 where code = ${code}`).rejects.toThrow();
    await expect(db.$executeRaw`update promotion_codes set uses = 2 where code = ${code}`).rejects.toThrow();
  });
});

describe('unknown codes', () => {
  const address = () => `198.51.${Math.floor(Math.random() * 255)}.${Math.floor(Math.random() * 255)}`;
  const isMiss = ({ reason }: { reason: unknown }) => reason === 'not_found';
  const shop = () => ({ id: randomUUID(), name: 'shop', role: 'redeemer' }) as const;
  type Guess = { actor: Actor; shopperIp?: string; code: string };
  const checkBy = ({ actor, shopperIp, code }: Guess) =>
    countMisses({ actor, shopperIp }, () => checkRedemption(db, actor, checkInput.parse({ code, shopper_ip: shopperIp })), isMiss);
  const takeBy = ({ actor, shopperIp, code }: Guess) =>
    countMisses({ actor, shopperIp }, () => redeem(db, actor, redeemInput.parse({ codes: [{ code }], shopper_ip: shopperIp })));

  test('block an address after 20 of them within 10 minutes, for known codes as well, and no other address', async () => {
    const { code } = await codeWith();
    const sender = { actor: shop(), shopperIp: address() };
    const guesses = Array.from({ length: 20 }, (_, i) =>
      i % 2 ? reasonsOf(takeBy({ ...sender, code: newCode() })) : checkBy({ ...sender, code: newCode() }),
    );
    await Promise.all(guesses);
    await expect(checkBy({ ...sender, code })).rejects.toMatchObject({ code: 'too_many_requests' });
    await expect(takeBy({ ...sender, code })).rejects.toMatchObject({ code: 'too_many_requests' });
    expect(await checkBy({ ...sender, shopperIp: '203.0.113.8', code })).toMatchObject({ reason: null });
    expect(await checkBy({ actor: shop(), code })).toMatchObject({ reason: null });
  });

  test('are codes that do not exist: others are not counted', async () => {
    const { code } = await codeWith({ uses: 0 });
    const guess = { actor: shop(), shopperIp: address(), code };
    for (let i = 0; i < 21; i += 1) expect(await checkBy(guess)).toMatchObject({ reason: 'unusable' });
  });
});
