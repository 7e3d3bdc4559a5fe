import { describe, expect, test } from 'vitest';
import { createJob } from '#lib/jobs/create';
import { createPromotion } from '#lib/promotions/creation/create';
import { duplicatePromotion } from '#lib/promotions/creation/duplicate';
import { createPromotionInput } from '#lib/promotions/schema';
import { serializePromotion } from '#lib/promotions/serialize';
import { setMaxCodes } from '#lib/promotions/set-max-codes';
import { updatePromotion } from '#lib/promotions/update';
import { actor, administrator, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
const ended = { start: inDays(-40), end: inDays(-1) };
const codesOf = ({ id: promotionId }: Promotion) => db.promotionCode.count({ where: { promotionId } });

test('serializePromotion returns a created promotion as it was sent', async () => {
  const given = {
    name: 'May',
    promotion_type: 'item_percent_discount',
    schema: { targets: ['mug'], percent: '12.5', exclude: { nodes: ['sale'] } },
    start: '2026-05-01',
    end: '2026-06-01',
    min_cart_value: [{ amount: 2000, currency: 'EUR' }],
    max_applications_per_cart: 2,
  } as const;
  const made = await createPromotion(db, actor, createPromotionInput.parse(given));
  expect(serializePromotion(made)).toMatchObject({
    ...given,
    type: 'promotion',
    enabled: false,
    automatic: false,
    start: '2026-05-01T00:00:00Z',
    end: '2026-06-01T00:00:00Z',
    max_discount_value: [],
    created_by: actor.name,
    updated_by: actor.name,
    meta: { codes: { count: 0, maximum: 1000 } },
  });
});

describe('updatePromotion', () => {
  test('updatePromotion changes only the given fields and records the actor', async () => {
    const { id: promotionId, end } = await seedPromotion(db, { description: 'for the newsletter', maxApplicationsPerCart: 3 });
    const changed = await updatePromotion(db, actor, { promotionId, name: 'June', max_applications_per_cart: null });
    expect(changed).toMatchObject({
      name: 'June',
      description: 'for the newsletter',
      end,
      maxApplicationsPerCart: null,
      updatedBy: actor.name,
    });
  });

  test('updatePromotion accepts the serialized promotion, and rejects another type', async () => {
    const promotion = await seedPromotion(db);
    const { schema, promotion_type, automatic } = serializePromotion(promotion);
    const same = { promotionId: promotion.id, schema, promotion_type, automatic };
    expect(await updatePromotion(db, actor, same)).toMatchObject({ schema });
    await expect(updatePromotion(db, actor, { ...same, promotion_type: 'x_for_y' })).rejects.toMatchObject({
      status: 422,
      problems: [{ source: 'promotion_type' }],
    });
  });

  test('updatePromotion rejects an end before the start, also against the stored date', async () => {
    const { id: promotionId, start } = await seedPromotion(db);
    await expect(updatePromotion(db, actor, { promotionId, end: start })).rejects.toMatchObject({
      status: 400,
      problems: [{ source: 'end' }],
    });
    await expect(updatePromotion(db, actor, { promotionId, start: inDays(400) })).rejects.toMatchObject({ problems: [{ source: 'end' }] });
  });

  test('updatePromotion keeps a promotion with a maximum above 1000 codes within 365 days', async () => {
    const { id: promotionId } = await seedPromotion(db, { maxCodes: 1001 });
    await expect(updatePromotion(db, actor, { promotionId, end: inDays(400) })).rejects.toMatchObject({
      status: 422,
      problems: [{ source: 'end' }],
    });
  });

  test('updatePromotion does not find an unknown promotion', async () => {
    const promotionId = '00000000-0000-4000-8000-000000000000';
    await expect(updatePromotion(db, actor, { promotionId, name: 'x' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('a new end for a promotion that has ended', () => {
  test('a new end for an ended promotion deletes its codes', async () => {
    const promotion = await seedPromotion(db, ended);
    await seedCodes(db, promotion, 5, promotion.id);
    expect(await updatePromotion(db, actor, { promotionId: promotion.id, end: inDays(30) })).toMatchObject({ codeCount: 0 });
    expect(await codesOf(promotion)).toBe(0);
  });

  test('a new end for an ended promotion with more than 1000 codes is rejected and deletes none', async () => {
    const promotion = await seedPromotion(db, { ...ended, maxCodes: 2000 });
    await seedCodes(db, promotion, 1001, promotion.id);
    const change = updatePromotion(db, actor, { promotionId: promotion.id, end: inDays(30) });
    await expect(change).rejects.toMatchObject({
      status: 422,
      problems: [{ detail: expect.stringContaining('Export or remove the codes first'), source: 'end' }],
    });
    expect(await codesOf(promotion)).toBe(1001);
  });

  test('a new end for an ended promotion is rejected while a job is active', async () => {
    const promotion = await seedPromotion(db, ended);
    await seedCodes(db, promotion, 1, promotion.id);
    await createJob(db, actor, promotion.id, { job_type: 'code_export' });
    await expect(updatePromotion(db, actor, { promotionId: promotion.id, end: inDays(30) })).rejects.toMatchObject({ status: 422 });
    expect(await codesOf(promotion)).toBe(1);
  });

  test('the unchanged end of an ended promotion keeps its codes when other fields change', async () => {
    const promotion = await seedPromotion(db, ended);
    await seedCodes(db, promotion, 1, promotion.id);
    await updatePromotion(db, actor, { promotionId: promotion.id, name: 'Later', end: promotion.end });
    expect(await codesOf(promotion)).toBe(1);
  });
});

describe('duplicatePromotion', () => {
  test('duplicatePromotion creates an equal promotion that is off and has no codes', async () => {
    const promotion = await seedPromotion(db, { minCartValue: [{ amount: 5, currency: 'EUR' }] });
    await seedCodes(db, promotion, 3, promotion.id);
    const { name, schema, start, end, minCartValue } = promotion;
    const copy = await duplicatePromotion(db, actor, { promotionId: promotion.id });
    expect(copy).toMatchObject({
      name: `Copy of ${name}`,
      schema,
      start,
      end,
      minCartValue,
      enabled: false,
      codeCount: 0,
      createdBy: actor.name,
    });
    expect(await codesOf(promotion)).toBe(3);
  });

  test('duplicatePromotion gives unique names, also when several are created at once', async () => {
    const { id: promotionId, name } = await seedPromotion(db);
    const copies = await Promise.all([1, 2, 3].map(() => duplicatePromotion(db, actor, { promotionId })));
    expect(copies.map((copy) => copy.name).sort()).toEqual([`Copy 2 of ${name}`, `Copy 3 of ${name}`, `Copy of ${name}`]);
    const periodic = await seedPromotion(db, { name: 'Copy of '.repeat(40).slice(0, 255) });
    const copy = await duplicatePromotion(db, actor, { promotionId: periodic.id });
    expect(copy.name).not.toBe(periodic.name);
    expect(copy.name.length).toBeLessThanOrEqual(255);
  });

  test('duplicatePromotion keeps a raised maximum only for administrators', async () => {
    const { id: promotionId } = await seedPromotion(db, { maxCodes: 5000 });
    expect(await duplicatePromotion(db, actor, { promotionId })).toMatchObject({ maxCodes: 1000 });
    expect(await duplicatePromotion(db, administrator, { promotionId })).toMatchObject({ maxCodes: 5000 });
  });
});

describe('setMaxCodes', () => {
  test('setMaxCodes allows more than 1000 codes when the promotion ends within 365 days of its start', async () => {
    const { id: promotionId } = await seedPromotion(db);
    expect(await setMaxCodes(db, administrator, { promotionId, max_codes: 50_000 })).toMatchObject({ maxCodes: 50_000 });
    const long = await seedPromotion(db, { end: inDays(400) });
    await expect(setMaxCodes(db, administrator, { promotionId: long.id, max_codes: 1001 })).rejects.toMatchObject({
      status: 422,
      problems: [{ source: 'max_codes' }],
    });
  });

  test('setMaxCodes rejects a maximum below the number of codes', async () => {
    const promotion = await seedPromotion(db);
    await seedCodes(db, promotion, 3, promotion.id);
    await expect(setMaxCodes(db, administrator, { promotionId: promotion.id, max_codes: 2 })).rejects.toMatchObject({ status: 422 });
    expect(await setMaxCodes(db, administrator, { promotionId: promotion.id, max_codes: 3 })).toMatchObject({ maxCodes: 3 });
  });

  test('setMaxCodes and a change of the end at once cannot break the rule together', async () => {
    const { id: promotionId } = await seedPromotion(db);
    const both = [
      setMaxCodes(db, administrator, { promotionId, max_codes: 1001 }),
      updatePromotion(db, actor, { promotionId, end: inDays(400) }),
    ];
    const outcomes = (await Promise.allSettled(both)).map(({ status }) => status).sort();
    expect(outcomes).toEqual(['fulfilled', 'rejected']);
  });
});
