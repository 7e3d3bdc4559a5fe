import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createJob } from '#lib/jobs/create';
import { type ApiRequest, callApi, seedClient } from '#lib/testing/api';
import { actor, db } from '#lib/testing/database';
import { type Deletion, seedDeletion } from '#lib/testing/deletion';

const json = z.object({ examples: z.record(z.string(), z.object({ value: z.unknown() })) });
const operation = z.object({ requestBody: z.object({ content: z.object({ 'application/json': json }) }).optional() });
const { paths } = z
  .object({ paths: z.record(z.string(), z.record(z.string(), operation)) })
  .parse(JSON.parse(await readFile('docs/openapi.json', 'utf8')));

/** Every documented operation with a promotion in its path, and the body of its example. */
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

const asClient = (path: string, request: ApiRequest = {}) => callApi(path, { token, ...request });

/** Returns the body of an example with the id of the promotion in place of an example id. */
function bodyFor(body: unknown): unknown {
  const { data } = z.object({ data: z.record(z.string(), z.unknown()) }).parse(body);
  return { data: { ...data, ...('id' in data && { id: deletion.promotionId }) } };
}

describe('a promotion that is being deleted', () => {
  it.each(calls)('$method $path answers 404 for a promotion that is being deleted', async ({ path, method, body }) => {
    const address = path
      .replace('{promotionId}', deletion.promotionId)
      .replace('{jobId}', exportId)
      .replace('{code}', `${deletion.prefix}-1`);
    const response = await asClient(address, { method, ...(body !== undefined && { body: bodyFor(body) }) });
    expect(response).toMatchObject({ status: 404, body: { errors: [{ detail: 'promotion not found' }] } });
  });

  it('GET /jobs/:jobId returns the deletion job by its id, and POST /cancel answers 422 for it', async () => {
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

  it('POST /codes accepts codes of a promotion that is being deleted for another promotion', async () => {
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

it('POST /jobs answers 400 for promotion_delete and unknown job types', async () => {
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
  const responses = await Promise.all(
    ['promotion_delete', 'code_import', ''].map((job_type) =>
      asClient(jobs, { method: 'POST', body: { data: { type: 'promotion_job', job_type } } }),
    ),
  );
  expect(responses.map(({ status, body }) => [status, body.errors[0].source])).toEqual(Array(3).fill([400, 'data.job_type']));
  expect((await asClient(`${jobs}?filter=eq(job_type,promotion_delete)`)).body).toMatchObject({
    data: [],
    meta: { results: { total: 0 } },
  });
});
