import { beforeEach, describe, expect, test } from 'vitest';
import { createJob } from '#lib/jobs/create';
import { getPromotion, listPromotions } from '#lib/promotions/query';
import { promotionListInput } from '#lib/promotions/schema';
import { actor, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
const list = (filter: object = {}) => listPromotions(db, promotionListInput.parse(filter));
const names = async (filter: object) => (await list(filter)).promotions.map(({ name }) => name);

beforeEach(async () => {
  await db.promotionCode.deleteMany();
  await db.promotionJob.deleteMany();
  await db.promotion.deleteMany();
});

describe('listPromotions', () => {
  test('listPromotions filters by status and counts each status', async () => {
    await seedPromotion(db, { name: 'running' });
    await seedPromotion(db, { name: 'scheduled', start: inDays(1) });
    await seedPromotion(db, { name: 'off', enabled: false });
    await seedPromotion(db, { name: 'ended', start: inDays(-9), end: inDays(-1) });
    await seedPromotion(db, { name: 'ended and off', start: inDays(-9), end: inDays(-1), enabled: false });
    expect((await list()).counts).toEqual({ all: 5, running: 1, scheduled: 1, ended: 2, off: 1 });
    for (const status of ['running', 'scheduled', 'off']) expect(await names({ status })).toEqual([status]);
    expect(await names({ status: 'ended' })).toEqual(['ended and off', 'ended']);
    const { promotions } = await list();
    for (const { name, status } of promotions) expect(name.startsWith(status)).toBe(true);
  });

  test('listPromotions finds a part of a name in any case, and counts the matches', async () => {
    await seedPromotion(db, { name: 'May 100%_off' });
    await seedPromotion(db, { name: 'June' });
    expect(await names({ search: 'mAY' })).toEqual(['May 100%_off']);
    expect(await names({ search: '%_o' })).toEqual(['May 100%_off']);
    expect(await names({ search: '%n%' })).toEqual([]);
    expect(await list({ search: 'nobody' })).toMatchObject({ promotions: [], counts: { all: 0 }, anyAtAll: true });
  });

  test('listPromotions returns pages of 25, newest first, and the last page for a number past the end', async () => {
    for (let i = 0; i < 26; i++) await seedPromotion(db, { name: `${i}`, createdAt: inDays(i) });
    expect(await list()).toMatchObject({ page: 1, pages: 2 });
    expect((await names({}))[0]).toBe('25');
    expect(await names({ page: 2 })).toEqual(['0']);
    expect(await list({ page: 99 })).toMatchObject({ page: 2, promotions: [{ name: '0' }] });
  });

  test('listPromotions reports that no promotion exists at all', async () => {
    expect(await list()).toMatchObject({ promotions: [], anyAtAll: false, page: 1, pages: 1 });
  });
});

describe('getPromotion', () => {
  test('getPromotion returns the number of codes, the maximum and the active job', async () => {
    const promotion = await seedPromotion(db);
    await seedCodes(db, promotion, 3, promotion.id);
    expect(await getPromotion(db, promotion.id)).toMatchObject({
      discount: '10% off the cart',
      codeCount: 3,
      maxCodes: 1000,
      activeJob: null,
    });
    const { id } = await createJob(db, actor, promotion.id, { job_type: 'code_export', name: 'Friday' });
    expect(await getPromotion(db, promotion.id)).toMatchObject({
      activeJob: { id, jobType: 'code_export', name: 'Friday', status: 'pending' },
    });
  });

  test.each(['', '../etc/passwd', 'abc', '00000000-0000-4000-8000-000000000000'])('getPromotion returns null for the id %j', async (id) => {
    expect(await getPromotion(db, id)).toBeNull();
  });
});
