import { beforeEach, describe, expect, test } from 'vitest';
import { setMaxCodes } from '#lib/promotions/set-max-codes';
import { updatePromotion } from '#lib/promotions/update';
import { readLastChangers } from '#lib/promotions/versions/last-changers.sql';
import { actor, administrator, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const ana = { ...actor, name: 'ana@example.com' };
const ben = { ...actor, name: 'ben@example.com' };

let promotion: Promotion;
let promotionId: string;
const stored = () => db.promotion.findUniqueOrThrow({ where: { id: promotionId } });

beforeEach(async () => {
  promotion = await seedPromotion(db, { name: 'Summer', minCartValue: [{ currency: 'EUR', amount: 500 }] });
  promotionId = promotion.id;
});

describe('updatePromotion with `read`', () => {
  test('updatePromotion keeps both edits of two users who changed different fields', async () => {
    await updatePromotion(db, ana, { promotionId, name: 'Late summer', read: { name: 'Summer' } });
    await updatePromotion(db, ben, { promotionId, description: 'For parcels', read: { description: '' } });
    expect(await stored()).toMatchObject({ name: 'Late summer', description: 'For parcels' });
  });

  test('updatePromotion rejects a field that somebody else has changed, and names the user and both values', async () => {
    await updatePromotion(db, ana, { promotionId, name: 'Late summer', read: { name: 'Summer' } });
    const second = updatePromotion(db, ben, {
      promotionId,
      name: 'Autumn',
      description: 'For parcels',
      read: { name: 'Summer', description: '' },
    });
    await expect(second).rejects.toMatchObject({
      status: 409,
      problems: [{ source: 'name', detail: 'ana@example.com changed “Name” from “Summer” to “Late summer” in the meantime' }],
    });
    expect(await stored()).toMatchObject({ name: 'Late summer', description: '', updatedBy: ana.name });
  });

  test('updatePromotion names every field in conflict with the last user who changed it', async () => {
    const [end, later] = [inDays(40), inDays(50)];
    await updatePromotion(db, ana, { promotionId, end });
    await updatePromotion(db, ben, { promotionId, max_applications_per_cart: 2, min_cart_value: null });
    const third = updatePromotion(db, actor, {
      promotionId,
      end: later,
      max_applications_per_cart: 3,
      min_cart_value: [{ amount: 900, currency: 'EUR' }],
      read: { end: promotion.end, max_applications_per_cart: null, min_cart_value: [{ amount: 500, currency: 'EUR' }] },
    });
    await expect(third).rejects.toMatchObject({
      problems: [
        { source: 'end', detail: expect.stringMatching(/^ana@example.com changed “End” from .* UTC to .* UTC in the meantime$/) },
        { source: 'min_cart_value', detail: expect.stringMatching(/^ben@example.com .* from “€5.00” to “any”/) },
        { source: 'max_applications_per_cart', detail: expect.stringMatching(/^ben@example.com .* from “no limit” to “2”/) },
      ],
    });
  });

  test('updatePromotion rejects a discount that another user has changed, and describes both discounts', async () => {
    const percent = (percentage: string) => ({ currencies: [{ percentage, currency: 'EUR' }] });
    await updatePromotion(db, actor, { promotionId, schema: percent('10') });
    await updatePromotion(db, ana, { promotionId, schema: percent('20'), read: { schema: percent('10') } });
    const second = updatePromotion(db, ben, { promotionId, schema: percent('30'), read: { schema: percent('10') } });
    await expect(second).rejects.toMatchObject({
      status: 409,
      problems: [
        { source: 'schema', detail: expect.stringMatching(/^ana@example.com changed “Discount” from “10 ?% off .*” to “20 ?% off /) },
      ],
    });
    await updatePromotion(db, ben, { promotionId, schema: percent('20'), read: { schema: percent('10') } });
    expect(await stored()).toMatchObject({ schema: percent('20') });
  });

  test('updatePromotion accepts a field that has the new value already, as after a lost answer', async () => {
    const edit = { promotionId, name: 'Late summer', read: { name: 'Summer' } };
    await updatePromotion(db, ana, edit);
    expect(await updatePromotion(db, ana, edit)).toMatchObject({ name: 'Late summer' });
  });

  test('updatePromotion compares amounts and times as forms write them', async () => {
    const read = {
      start: promotion.start,
      min_cart_value: [{ amount: 500, currency: 'EUR' }],
      max_discount_value: [],
      max_applications_per_cart: null,
    };
    const edit = {
      start: inDays(1),
      min_cart_value: [],
      max_discount_value: [{ amount: 1, currency: 'EUR' }],
      max_applications_per_cart: 1,
    };
    expect(await updatePromotion(db, ana, { promotionId, ...edit, read })).toMatchObject({ minCartValue: null, maxApplicationsPerCart: 1 });
  });

  test('updatePromotion accepts one of two simultaneous edits of a field', async () => {
    const edits = ['Autumn', 'Winter'].map((name) => updatePromotion(db, ana, { promotionId, name, read: { name: 'Summer' } }));
    expect((await Promise.allSettled(edits)).map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('updatePromotion without `read` replaces every given field, as for the API', async () => {
    await updatePromotion(db, ana, { promotionId, name: 'Late summer' });
    expect(await updatePromotion(db, ben, { promotionId, name: 'Summer' })).toMatchObject({ name: 'Summer' });
  });

  test('updatePromotion deletes the codes of an ended promotion only when their number was read', async () => {
    const ended = await seedPromotion(db, { start: inDays(-40), end: inDays(-1) });
    await seedCodes(db, ended, 5, ended.id);
    const edit = (code_count?: number) => {
      const read = { end: ended.end, code_count };
      return updatePromotion(db, ana, { promotionId: ended.id, end: inDays(30), read });
    };
    for (const wrong of [undefined, 0, 4])
      await expect(edit(wrong)).rejects.toMatchObject({
        status: 409,
        problems: [{ source: 'end', detail: expect.stringContaining('5 codes') }],
      });
    expect(await edit(5)).toMatchObject({ codeCount: 0 });
  });
});

test('setMaxCodes rejects a maximum that somebody else has changed since it was read', async () => {
  await setMaxCodes(db, administrator, { promotionId, max_codes: 5000, read: { max_codes: 1000 } });
  await expect(setMaxCodes(db, administrator, { promotionId, max_codes: 3000, read: { max_codes: 1000 } })).rejects.toMatchObject({
    status: 409,
    problems: [
      {
        source: 'max_codes',
        detail: 'administrator@example.com changed “Maximum number of codes” from “1,000” to “5,000” in the meantime',
      },
    ],
  });
  expect(await setMaxCodes(db, administrator, { promotionId, max_codes: 3000, read: { max_codes: 5000 } })).toMatchObject({
    maxCodes: 3000,
  });
});

test('readLastChangers returns the last user who changed each field', async () => {
  await updatePromotion(db, ana, { promotionId, name: 'Autumn', description: 'For parcels' });
  await updatePromotion(db, ben, { promotionId, name: 'Winter' });
  expect(await readLastChangers(db, promotionId)).toMatchObject({ name: ben.name, description: ana.name });
});
