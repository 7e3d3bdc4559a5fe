import { beforeEach, describe, expect, test } from 'vitest';
import { seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

// The pages, links and filters that all lists of the API have, tested with the jobs of a promotion.

const { call } = await seedClient(db);
let promotion: Promotion;

beforeEach(async () => {
  promotion = await seedPromotion(db);
});

const jobsPath = (of: { id: string } = promotion) => `/v2/promotions/${of.id}/jobs`;

describe('GET /v2/promotions/:id/jobs', () => {
  test('GET /jobs lists code_generate and code_export jobs, and code_remove jobs only with a filter', async () => {
    await seed('failed', 'exported');
    const removal = { jobType: 'code_remove', parameters: {}, status: 'completed', deleted: 0, total: 0 } as const;
    await db.promotionJob.create({ data: { ...removal, promotionId: promotion.id, createdBy: 'me', finishedAt: new Date() } });
    const unfiltered = await call(jobsPath());
    expect(unfiltered.body.data.map(({ job_type }: { job_type: string }) => job_type)).toEqual(['code_export', 'code_generate']);
    expect(unfiltered.body.meta.results.total).toBe(2);
    const filtered = await call(`${jobsPath()}?filter=eq(job_type,code_remove)`);
    expect(filtered.body.data).toMatchObject([{ job_type: 'code_remove', meta: { removal: { filter: {}, deleted: 0, kept: 0 } } }]);
    expect(filtered.body.meta.results.total).toBe(1);
  });

  /** Creates these jobs in their order. `job 0` is the oldest. */
  async function seed(...jobs: ('failed' | 'cancelled' | 'exported')[]): Promise<void> {
    const generate = { jobType: 'code_generate', numberOfCodes: 1, consumeUnit: 'per_cart', codeLength: 8 } as const;
    const file = { fileKey: 'file', fileRows: 1, fileBytes: 1, fileSha256: '00' };
    const kinds = {
      failed: { ...generate, status: 'failed', error: 'internal' },
      cancelled: { ...generate, status: 'cancelled', deleted: 0 },
      exported: { ...file, jobType: 'code_export', status: 'completed' },
    } as const;
    await db.promotionJob.createMany({
      data: jobs.map((kind, i) => {
        const createdAt = new Date(Date.now() + i * 1000);
        return { ...kinds[kind], promotionId: promotion.id, name: `job ${i}`, createdBy: 'me', createdAt, finishedAt: createdAt };
      }),
    });
  }

  const names = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name);

  test('GET /jobs lists jobs in pages with links, newest first', async () => {
    await seed('failed', 'cancelled', 'exported');
    const base = `http://promint.test${jobsPath()}`;
    const { status, body } = await call(`${jobsPath()}?page[limit]=2`);
    expect(status).toBe(200);
    expect(names(body)).toEqual(['job 2', 'job 1']);
    expect(body.links).toEqual({
      current: `${base}?page[offset]=0&page[limit]=2`,
      first: `${base}?page[offset]=0&page[limit]=2`,
      last: `${base}?page[offset]=2&page[limit]=2`,
      prev: null,
      next: `${base}?page[offset]=2&page[limit]=2`,
    });
    expect(body.meta).toEqual({ page: { limit: 2, offset: 0, current: 1, total: 2 }, results: { total: 3 } });
    const { body: last } = await call(body.links.next.replace('http://promint.test', ''));
    expect(names(last)).toEqual(['job 0']);
    expect(last.links).toMatchObject({ prev: `${base}?page[offset]=0&page[limit]=2`, next: null });
    expect(last.meta.page).toEqual({ limit: 2, offset: 2, current: 2, total: 2 });
  });

  test('GET /jobs returns null for last, next and prev on a single page', async () => {
    await seed('failed');
    const { body } = await call(jobsPath());
    expect(body.links).toMatchObject({ last: null, next: null, prev: null });
    expect(body.meta).toEqual({ page: { limit: 25, offset: 0, current: 1, total: 1 }, results: { total: 1 } });
    expect(body.data[0]).toMatchObject({
      status: 'failed',
      error: 'Something went wrong on the server. If it happens again when you run the job again, the server log has the details.',
      result: { generated: 0 },
    });
  });

  test.each([
    ['eq(status,failed)', ['job 0']],
    ['eq(status, complete)', ['job 2']],
    ['eq(status,completed)', ['job 2']],
    ['eq(job_type,code_generate)', ['job 1', 'job 0']],
    ['eq(job_type,code_generate):eq(status,cancelled)', ['job 1']],
    ['eq(status,failed):eq(status,cancelled)', []],
    ['eq(status,unknown)', []],
    ['', ['job 2', 'job 1', 'job 0']],
  ])('GET /jobs with the filter "%s" returns the matching jobs', async (filter, found) => {
    await seed('failed', 'cancelled', 'exported');
    const { status, body } = await call(`${jobsPath()}?filter=${filter}`);
    expect([status, names(body), body.meta.results.total]).toEqual([200, found, found.length]);
  });

  test.each([
    'eq(name,x)',
    'like(status,x)',
    'eq(a,b));drop',
    'eq(status)',
    'eq(status, )',
    'eq(status,a,b)',
    ' ',
    'status',
    '(eq(status,a)|eq(status,b))',
  ])('GET /jobs answers 400 for the filter %j', async (filter) => {
    const { status, body } = await call(`${jobsPath()}?filter=${encodeURIComponent(filter)}`);
    const detail = 'Could not parse the supplied filter';
    expect([status, body.errors]).toEqual([400, [{ status: '400', title: 'Bad Request', detail, source: 'filter' }]]);
  });

  test.each([
    ['page[limit]', '0'],
    ['page[limit]', '-1'],
    ['page[limit]', '101'],
    ['page[limit]', 'abc'],
    ['page[limit]', ''],
    ['page[limit]', '1&page[limit]=2'],
    ['page[offset]', '10001'],
    ['page[offset]', '-1'],
    ['page[offset]', '1e1'],
  ])('GET /jobs answers 400 for %s=%s', async (parameter, value) => {
    const { status, body } = await call(`${jobsPath()}?${parameter}=${value}`);
    expect([status, body.errors.length, body.errors[0].source]).toEqual([400, 1, parameter]);
  });

  test('GET /jobs ignores unknown parameters', async () => {
    expect(await call(`${jobsPath()}?sort=name&page[total_method]=exact`)).toMatchObject({ status: 200 });
  });
});
