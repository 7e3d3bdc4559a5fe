import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { listHistory } from '#lib/history/query';
import { historyAddress, historyPageSize } from '#lib/history/schema';
import { createJob } from '#lib/jobs/create';
import { setMaxCodes } from '#lib/promotions/set-max-codes';
import { updatePromotion } from '#lib/promotions/update';
import { actor, administrator, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

let promotion: Promotion;

beforeEach(async () => {
  promotion = await seedPromotion(db, { name: 'May' });
});

const readPage = (page?: number) => listHistory(db, promotion.id, historyAddress.parse({ page }));

test('listHistory returns versions and jobs by creation time, newest first', async () => {
  await updatePromotion(db, actor, { promotionId: promotion.id, name: 'June', enabled: false });
  const jobId = await seedCodes(db, promotion, 3, `history-${promotion.id}`);
  await setMaxCodes(db, administrator, { promotionId: promotion.id, max_codes: 5000 });
  const { id: exported } = await createJob(db, actor, promotion.id, { job_type: 'code_export', name: 'For print' });
  expect((await readPage())?.entries).toMatchObject([
    { id: exported, job: { name: 'For print', status: 'pending', createdBy: actor.name } },
    {
      version: {
        version: 3,
        by: administrator.name,
        changes: [{ term: 'Maximum number of codes', from: { text: '1,000' }, to: { text: '5,000' } }],
      },
    },
    { id: jobId, job: { status: 'completed', progress: { done: 3 } } },
    {
      version: {
        version: 2,
        by: actor.name,
        changes: [
          { term: 'Name', from: { text: 'May' }, to: { text: 'June' } },
          { term: 'Switched', from: { text: 'on' }, to: { text: 'off' } },
        ],
      },
    },
    { version: { version: 1, by: 'seed@example.com', changes: [] } },
  ]);
  expect((await readPage())?.queuePosition?.ids).toContain(exported);
});

test('listHistory returns pages without gaps and the last page for a number past the end', async () => {
  for (let i = 1; i <= historyPageSize; i++) {
    await updatePromotion(db, actor, { promotionId: promotion.id, name: `May ${i}` });
    if (i % 5 === 0) await seedCodes(db, promotion, 1, `page-${i}-${promotion.id}`);
  }
  const pages = [await readPage(1), await readPage(2), await readPage(9)];
  expect(pages).toMatchObject([
    { page: 1, pages: 2 },
    { page: 2, pages: 2 },
    { page: 2, pages: 2 },
  ]);
  const ids = pages.slice(0, 2).flatMap((page) => page?.entries.map(({ id }) => id));
  expect(new Set(ids).size).toBe(historyPageSize + 1 + 5);
  expect(pages[1]?.entries.at(-1)).toMatchObject({ version: { version: 1 } });
});

test('listHistory returns null for an unknown promotion', async () => {
  expect(await listHistory(db, randomUUID(), { page: 1 })).toBeNull();
});
