import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createJob } from '#lib/jobs/create';
import { type Asked, ask, seedClient } from '#lib/testing/api';
import { actor, db } from '#lib/testing/database';
import { type Deletion, seedDeletion } from '#lib/testing/deletion';

const json = z.object({ examples: z.record(z.string(), z.object({ value: z.unknown() })) });
const operation = z.object({ requestBody: z.object({ content: z.object({ 'application/json': json }) }).optional() });
const { paths } = z
  .object({ paths: z.record(z.string(), z.record(z.string(), operation)) })
  .parse(JSON.parse(await readFile('docs/openapi.json', 'utf8')));

/** Every documented call that names a promotion, with the body of its example. */
const calls = Object.entries(paths)
  .filter(([path]) => path.includes('{promotionId}'))
  .flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { requestBody }]) => ({
      path,
      method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).parse(method.toUpperCase()),
      body: Object.values(requestBody?.content['application/json'].examples ?? {})[0]?.value,
    })),
  );

let deletion: Deletion;
let exportId: string;
let token: string;

beforeAll(async () => {
  token = (await seedClient(db)).token;
  deletion = await seedDeletion(db, actor, async (promotionId) => {
    exportId = (await createJob(db, actor, promotionId, { job_type: 'code_export' })).id;
    await db.promotionJob.update({ where: { id: exportId }, data: { status: 'cancelled', finishedAt: new Date() } });
  });
});

const asClient = (path: string, asked: Asked = {}) => ask(path, { token, ...asked });

/** The body of an example, whose id, where it has one, is that of the promotion. */
function bodyFor(body: unknown): unknown {
  const { data } = z.object({ data: z.record(z.string(), z.unknown()) }).parse(body);
  return { data: { ...data, ...('id' in data && { id: deletion.promotionId }) } };
}

describe('a promotion that is being deleted', () => {
  it.each(calls)('is 404 to $method $path', async ({ path, method, body }) => {
    const address = path
      .replace('{promotionId}', deletion.promotionId)
      .replace('{jobId}', exportId)
      .replace('{code}', `${deletion.prefix}-1`);
    const answer = await asClient(address, { method, ...(body !== undefined && { body: bodyFor(body) }) });
    expect(answer).toMatchObject({ status: 404, body: { errors: [{ detail: 'promotion not found' }] } });
  });

  it('has a deletion job that is readable by its id, and that cannot be cancelled', async () => {
    const job = `/v2/promotions/${deletion.promotionId}/jobs/${deletion.jobId}`;
    expect((await asClient(job)).body.data).toMatchObject({
      id: deletion.jobId,
      job_type: 'promotion_delete',
      status: 'pending',
      meta: { deletion: { codes: deletion.codes, deleted: 0 } },
    });
    expect(await asClient(`${job}/cancel`, { method: 'POST' })).toMatchObject({
      status: 422,
      body: { errors: [{ title: 'Unprocessable Entity', detail: 'Only pending or processing jobs can be cancelled' }] },
    });
    expect(await asClient(`${job}/file`)).toMatchObject({ status: 422 });
  });

  it('has codes that a client can add to another promotion with the next call', async () => {
    const data = {
      type: 'promotion',
      name: 'Next',
      promotion_type: 'percent_discount',
      schema: { currencies: [{ percentage: '10', currency: 'EUR' }] },
    };
    const created = await asClient('/v2/promotions', {
      method: 'POST',
      body: { data: { ...data, start: '2026-12-06', end: '2027-06-06' } },
    });
    const codes = `/v2/promotions/${created.body.data.id}/codes`;
    const body = { data: { type: 'promotion_codes', codes: [{ code: `${deletion.prefix}-5`.toUpperCase() }] } };
    expect(await asClient(codes, { method: 'POST', body })).toMatchObject({ status: 201 });
    expect((await asClient(codes)).body).toMatchObject({ meta: { results: { total: 1 } } });
  });
});

it('a request to create a promotion_delete job is refused like any kind that clients cannot request', async () => {
  const created = await asClient('/v2/promotions', {
    method: 'POST',
    body: {
      data: {
        type: 'promotion',
        name: 'Stays',
        promotion_type: 'percent_discount',
        schema: { currencies: [{ percentage: '10', currency: 'EUR' }] },
        start: '2026-12-06',
        end: '2027-06-06',
      },
    },
  });
  const jobs = `/v2/promotions/${created.body.data.id}/jobs`;
  const answers = await Promise.all(
    ['promotion_delete', 'code_import', ''].map((job_type) =>
      asClient(jobs, { method: 'POST', body: { data: { type: 'promotion_job', job_type } } }),
    ),
  );
  expect(answers.map(({ status, body }) => [status, body.errors[0].source])).toEqual(Array(3).fill([400, 'data.job_type']));
  expect((await asClient(`${jobs}?filter=eq(job_type,promotion_delete)`)).body).toMatchObject({
    data: [],
    meta: { results: { total: 0 } },
  });
});
