import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

// What the database writes down by itself about each promotion, whoever changes it.

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
  test('begins with what was made and says of each change who changed which fields', async () => {
    const data = { name: 'June', maxDiscountValue: [{ amount: 500, currency: 'EUR' }], updatedBy: 'ann@example.com' };
    await db.promotion.update({ where: { id: promotion.id }, data });
    expect(await versions()).toEqual([
      { version: 1, fields: [], createdBy: promotion.createdBy },
      { version: 2, fields: ['max_discount_value', 'name'], createdBy: 'ann@example.com' },
    ]);
  });

  test('keeps what each version was', async () => {
    await db.promotion.update({ where: { id: promotion.id }, data: { name: 'June' } });
    const kept = await db.promotionVersion.findMany({ where: { promotionId: promotion.id }, orderBy: { version: 'asc' } });
    expect(kept.map(({ snapshot }) => snapshot)).toMatchObject([{ name: 'May', max_codes: 100_000 }, { name: 'June' }]);
  });

  test('has no version where nothing changed, and none for codes that come and go', async () => {
    await db.promotion.update({ where: { id: promotion.id }, data: { name: 'May', updatedBy: 'ann@example.com' } });
    await seedCodes(db, promotion, 3, 'may');
    await db.promotionCode.deleteMany({ where: { promotionId: promotion.id } });
    expect(await versions()).toHaveLength(1);
  });

  test('numbers fifty changes at once without a gap', async () => {
    const names = Array.from({ length: 50 }, (_, i) => `May ${i}`);
    await Promise.all(names.map((name) => db.promotion.update({ where: { id: promotion.id }, data: { name } })));
    expect((await versions()).map(({ version }) => version)).toEqual(Array.from({ length: 51 }, (_, i) => i + 1));
  });

  test('goes with its promotion, and with a change that is rolled back', async () => {
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

test('a promotion knows how many jobs it has had', async () => {
  await seedCodes(db, promotion, 1, 'one');
  const other = await seedPromotion(db);
  await seedCodes(db, promotion, 1, 'two');
  const counts = async () => (await db.promotion.findMany({ where: { id: { in: [promotion.id, other.id] } } })).map((p) => p.jobCount);
  expect((await counts()).sort()).toEqual([0, 2]);
  await db.promotionCode.deleteMany({ where: { promotionId: promotion.id } });
  await db.promotionJob.deleteMany({ where: { promotionId: promotion.id } });
  expect(await counts()).toEqual([0, 0]);
});
