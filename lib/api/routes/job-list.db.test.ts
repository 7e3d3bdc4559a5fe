import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Asked, ask as askAny, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

// Pages, links and filters: what every list of the API has, shown on the jobs of a promotion.

let token: string;
let promotion: Promotion;

beforeAll(async () => {
  ({ token } = await seedClient(db));
});

beforeEach(async () => {
  promotion = await seedPromotion(db);
});

const ask = (path: string, asked: Asked = {}) => askAny(path, { token, ...asked });
const jobsPath = (of: { id: string } = promotion) => `/v2/promotions/${of.id}/jobs`;

describe('the list of jobs', () => {
  test('shows the two kinds that clients of the vendor know, and code_remove when it is asked for', async () => {
    await seed('failed', 'exported');
    const removal = { jobType: 'code_remove', parameters: {}, status: 'completed', deleted: 0, total: 0 } as const;
    await db.promotionJob.create({ data: { ...removal, promotionId: promotion.id, createdBy: 'me', finishedAt: new Date() } });
    const known = await ask(jobsPath());
    expect(known.body.data.map(({ job_type }: { job_type: string }) => job_type)).toEqual(['code_export', 'code_generate']);
    expect(known.body.meta.results.total).toBe(2);
    const own = await ask(`${jobsPath()}?filter=eq(job_type,code_remove)`);
    expect(own.body.data).toMatchObject([{ job_type: 'code_remove', meta: { removal: { filter: {}, deleted: 0, kept: 0 } } }]);
    expect(own.body.meta.results.total).toBe(1);
  });

  /** So many jobs, one after the other: `job 0` is the oldest. */
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

  test('is newest first, in pages with links', async () => {
    await seed('failed', 'cancelled', 'exported');
    const base = `http://promint.test${jobsPath()}`;
    const { status, body } = await ask(`${jobsPath()}?page[limit]=2`);
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
    const { body: last } = await ask(body.links.next.replace('http://promint.test', ''));
    expect(names(last)).toEqual(['job 0']);
    expect(last.links).toMatchObject({ prev: `${base}?page[offset]=0&page[limit]=2`, next: null });
    expect(last.meta.page).toEqual({ limit: 2, offset: 2, current: 2, total: 2 });
  });

  test('of a single page has no last and no next', async () => {
    await seed('failed');
    const { body } = await ask(jobsPath());
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
    ['eq(status,unheard-of)', []],
    ['', ['job 2', 'job 1', 'job 0']],
  ])('filtered by %s', async (filter, found) => {
    await seed('failed', 'cancelled', 'exported');
    const { status, body } = await ask(`${jobsPath()}?filter=${filter}`);
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
  ])('refuses the filter %j', async (filter) => {
    const { status, body } = await ask(`${jobsPath()}?filter=${encodeURIComponent(filter)}`);
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
  ])('refuses %s=%s', async (parameter, value) => {
    const { status, body } = await ask(`${jobsPath()}?${parameter}=${value}`);
    expect([status, body.errors.length, body.errors[0].source]).toEqual([400, 1, parameter]);
  });

  test('does not mind parameters it does not know', async () => {
    expect(await ask(`${jobsPath()}?sort=name&page[total_method]=exact`)).toMatchObject({ status: 200 });
  });
});
