import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

// Database triggers record the history of each promotion for every change.

let promotion: Promotion;

beforeEach(async () => {
  promotion = await seedPromotion(db, { name: 'May', maxCodes: 100_000 });
});

const versions = () =>
  db.promotionVersion.findMany({
    where: { promotionId: promotion.id },
    orderBy: { version: 'asc' },
    select: { version: true, fields: true, createdBy: true },
  });

describe('the history of a promotion', () => {
  test('the history of a promotion has a version for its creation and one with user and fields for each change', async () => {
    const data = { name: 'June', maxDiscountValue: [{ amount: 500, currency: 'EUR' }], updatedBy: 'ann@example.com' };
    await db.promotion.update({ where: { id: promotion.id }, data });
    expect(await versions()).toEqual([
      { version: 1, fields: [], createdBy: promotion.createdBy },
      { version: 2, fields: ['max_discount_value', 'name'], createdBy: 'ann@example.com' },
    ]);
  });

  test('the history of a promotion keeps the values of each version', async () => {
    await db.promotion.update({ where: { id: promotion.id }, data: { name: 'June' } });
    const kept = await db.promotionVersion.findMany({ where: { promotionId: promotion.id }, orderBy: { version: 'asc' } });
    expect(kept.map(({ snapshot }) => snapshot)).toMatchObject([{ name: 'May', max_codes: 100_000 }, { name: 'June' }]);
  });

  test('the history of a promotion has no version for unchanged values and for changes to its codes', async () => {
    await db.promotion.update({ where: { id: promotion.id }, data: { name: 'May', updatedBy: 'ann@example.com' } });
    await seedCodes(db, promotion, 3, 'may');
    await db.promotionCode.deleteMany({ where: { promotionId: promotion.id } });
    expect(await versions()).toHaveLength(1);
  });

  test('the history of a promotion numbers fifty simultaneous changes without a gap', async () => {
    const names = Array.from({ length: 50 }, (_, i) => `May ${i}`);
    await Promise.all(names.map((name) => db.promotion.update({ where: { id: promotion.id }, data: { name } })));
    expect((await versions()).map(({ version }) => version)).toEqual(Array.from({ length: 51 }, (_, i) => i + 1));
  });

  test('the history of a promotion excludes a change that is rolled back and is deleted with the promotion', async () => {
    const undone = db.$transaction(async (tx) => {
      await tx.promotion.update({ where: { id: promotion.id }, data: { name: 'June' } });
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await versions()).toHaveLength(1);
    await db.promotion.delete({ where: { id: promotion.id } });
    expect(await versions()).toEqual([]);
  });
});

test('job_count of a promotion counts its existing jobs', async () => {
  await seedCodes(db, promotion, 1, 'one');
  const other = await seedPromotion(db);
  await seedCodes(db, promotion, 1, 'two');
  const counts = async () => (await db.promotion.findMany({ where: { id: { in: [promotion.id, other.id] } } })).map((p) => p.jobCount);
  expect((await counts()).sort()).toEqual([0, 2]);
  await db.promotionCode.deleteMany({ where: { promotionId: promotion.id } });
  await db.promotionJob.deleteMany({ where: { promotionId: promotion.id } });
  expect(await counts()).toEqual([0, 0]);
});
