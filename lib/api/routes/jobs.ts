import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { ApiEnv } from '#lib/api/env';
import { createOnce, idempotencyErrors, idempotencyParameter } from '#lib/api/middleware/idempotency';
import { bodyErrors, jsonBody, pathParameters, query } from '#lib/api/middleware/input';
import { callErrors, requireClient } from '#lib/api/middleware/require-client';
import { answer, errorResponses } from '#lib/api/openapi/responses';
import { addressOf, listOf, page, pageQuery, resource, rowsOf } from '#lib/api/page';
import { filterBy } from '#lib/api/query';
import { firstPage, noCodesAllowed, noJob, noPromotion, promotionId, timestamps, wrongFilter, wrongPage } from '#lib/api/routes/examples';
import { jobParameters, promotionParameters } from '#lib/api/routes/parameters';
import { db } from '#lib/db';
import { exportLink } from '#lib/exports/download-link';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { findJob } from '#lib/jobs/find';
import { listJobsOfPromotion } from '#lib/jobs/list/query';
import { createJobInput } from '#lib/jobs/schema';
import { apiJob, serializeJob } from '#lib/jobs/serialize';

/** The routes for the jobs of a promotion. */
export const jobRoutes = new Hono<ApiEnv>();

const tags = ['Jobs'];

const parameters = { number_of_codes: 100, consume_unit: 'per_cart', max_uses_per_code: 1, code_length: 8, code_prefix: 'promo-' } as const;
const pendingJob: z.output<typeof apiJob> = {
  type: 'promotion_job',
  id: '84d86114-a92d-4c34-92f1-3e36ef6cabeb',
  promotion_id: promotionId,
  job_type: 'code_generate',
  name: 'Newsletter',
  parameters,
  status: 'pending',
  meta: { timestamps, progress: { generated: 0 } },
};
const completedJob: z.output<typeof apiJob> = { ...pendingJob, status: 'completed', result: { generated: 100 }, meta: { timestamps } };
const cancelledJob: z.output<typeof apiJob> = { ...completedJob, status: 'cancelled', result: { generated: 40, deleted: 40 } };

jobRoutes.get(
  '/v2/promotions/:promotionId/jobs',
  describeRoute({
    operationId: 'listJobs',
    tags,
    summary: 'List the jobs of a promotion',
    description: 'Newest first.',
    responses: {
      200: answer(listOf(apiJob), firstPage(`/v2/promotions/${promotionId}/jobs`, completedJob)),
      ...errorResponses(noPromotion, wrongPage, wrongFilter, ...callErrors.read),
    },
  }),
  requireClient('read'),
  pathParameters(promotionParameters),
  query(pageQuery.extend({ filter: filterBy(['job_type', 'status']) })),
  async (c) => {
    const query = c.req.valid('query');
    const { job_type: jobType, status: requested } = query.filter ?? {};
    const status = requested === 'complete' ? 'completed' : requested;
    const input = { ...c.req.valid('param'), status, jobType, ...rowsOf(query) };
    const { rows, total } = await listJobsOfPromotion(db(), c.var.client, input);
    return c.json(page({ query, address: addressOf(c) }, { rows: rows.map(serializeJob), total }));
  },
);

jobRoutes.post(
  '/v2/promotions/:promotionId/jobs',
  describeRoute({
    operationId: 'createJob',
    tags,
    summary: 'Create a job',
    description:
      'A `code_generate` job generates codes. A `code_export` job writes all codes of the promotion to a CSV file. A `code_remove` job removes the codes that match its parameters. A promotion can have one active job at a time. Poll the job until its status is `completed`, `failed` or `cancelled`.',
    parameters: [idempotencyParameter],
    responses: {
      201: answer(resource(apiJob), { data: pendingJob }),
      ...errorResponses(
        { code: 'invalid_input', detail: 'Enter a whole number, 1 or more', source: 'data.parameters.number_of_codes' },
        {
          code: 'too_many_codes',
          detail: 'Only 1000 promotion codes are allowed per promotion',
          source: 'data.parameters.number_of_codes',
        },
        { code: 'too_many_jobs', detail: 'Only 1 pending or processing job is allowed per promotion.' },
        noPromotion,
        noCodesAllowed,
        {
          code: 'unprocessable',
          detail: 'A promotion with more than 1000 codes must end within 365 days of its start: an end up to 2027-12-06T00:00:00Z would do',
          source: 'data.parameters.number_of_codes',
        },
        ...bodyErrors(),
        ...idempotencyErrors,
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  pathParameters(promotionParameters),
  jsonBody(createJobInput, { example: { type: 'promotion_job', job_type: 'code_generate', name: 'Newsletter', parameters } }),
  (c) =>
    // Returns the created row, because a worker may already have started the job.
    createOnce(c, async (db) => ({
      data: serializeJob(await createJob(db, c.var.client, c.req.valid('param').promotionId, c.req.valid('json'))),
    })),
);

jobRoutes.get(
  '/v2/promotions/:promotionId/jobs/:jobId',
  describeRoute({
    operationId: 'getJob',
    tags,
    summary: 'Get a job',
    responses: {
      200: answer(resource(apiJob), { data: completedJob }),
      ...errorResponses(noPromotion, noJob, ...callErrors.read),
    },
  }),
  requireClient('read'),
  pathParameters(jobParameters),
  async (c) => c.json({ data: serializeJob(await findJob(db(), c.var.client, c.req.valid('param'))) }),
);

jobRoutes.post(
  '/v2/promotions/:promotionId/jobs/:jobId/cancel',
  describeRoute({
    operationId: 'cancelJob',
    tags,
    summary: 'Cancel a job',
    description:
      'A pending job is cancelled at once. A processing job is `cancelling` until its generated codes are removed. The body can be empty.',
    responses: {
      200: answer(resource(apiJob), { data: cancelledJob }),
      ...errorResponses(
        noPromotion,
        noJob,
        {
          code: 'unprocessable',
          detail: 'Only pending or processing jobs can be cancelled',
        },
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  pathParameters(jobParameters),
  async (c) => {
    const job = c.req.valid('param');
    await cancelJob(db(), c.var.client, job);
    return c.json({ data: serializeJob(await findJob(db(), c.var.client, job)) });
  },
);

const signature = 'ZsX0dCmYbVwXk1u2Vb3nq4pR5s6T7u8v9w0x1y2z3A4';

jobRoutes.get(
  '/v2/promotions/:promotionId/jobs/:jobId/file',
  describeRoute({
    operationId: 'getJobFile',
    tags,
    summary: 'Get a link to an export file',
    description: 'The link is absolute and signed. It needs no token and is valid for 15 minutes. Do not share it.',
    responses: {
      200: answer(z.object({ href: z.url() }), {
        href: `https://codes.example.com/downloads/${pendingJob.id}?expires=1796565149&signature=${signature}`,
      }),
      ...errorResponses(
        noPromotion,
        noJob,
        { code: 'unprocessable', detail: 'Job has no file to download. Job status: processing' },
        { code: 'gone', detail: 'The file is no longer complete. Run the export again.' },
        ...callErrors.read,
      ),
    },
  }),
  requireClient('read'),
  pathParameters(jobParameters),
  async (c) => {
    const { promotionId, jobId } = c.req.valid('param');
    const { href } = await exportLink(db(), c.var.client, { promotion_id: promotionId, job_id: jobId });
    return c.json({ href: new URL(href, addressOf(c)).href });
  },
);
