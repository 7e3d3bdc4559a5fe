import { z } from 'zod';
import { endpoint, jobParams, noBody, noQuery, promotionParams } from '#lib/api/endpoint';
import { noCodesAllowed, noJob, noPromotion, wrongFilter, wrongPage } from '#lib/api/endpoints/errors';
import { listOf, pageQuery, resource } from '#lib/api/page';
import { filterBy } from '#lib/api/query';
import { createJobInput } from '#lib/jobs/schema';
import { apiJob } from '#lib/jobs/serialize';

const group = 'Jobs';
const jobs = '/v2/promotions/{promotionId}/jobs';

const parameters = { number_of_codes: 100, consume_unit: 'per_cart', max_uses_per_code: 1, code_length: 8, code_prefix: 'promo-' } as const;
const timestamps = { created_at: '2026-12-06T13:52:29.587Z', updated_at: '2026-12-06T13:52:29.587Z' };

const pendingJob: z.output<typeof apiJob> = {
  type: 'promotion_job',
  id: '84d86114-a92d-4c34-92f1-3e36ef6cabeb',
  promotion_id: 'ad386702-e780-42c6-b190-0527ad768917',
  job_type: 'code_generate',
  name: 'Newsletter',
  parameters,
  status: 'pending',
  meta: { timestamps, progress: { generated: 0 } },
};
const completedJob: z.output<typeof apiJob> = { ...pendingJob, status: 'completed', result: { generated: 100 }, meta: { timestamps } };
const cancelledJob: z.output<typeof apiJob> = { ...completedJob, status: 'cancelled', result: { generated: 40, deleted: 40 } };

export const listJobs = endpoint({
  ...{ method: 'GET', path: jobs, permission: 'read', group, id: 'listJobs', status: 200 },
  summary: 'The jobs of a promotion',
  description: 'Newest first.',
  params: promotionParams,
  query: pageQuery.extend({ filter: filterBy(['job_type', 'status']) }),
  body: noBody,
  answer: listOf(apiJob),
  errors: [noPromotion, wrongPage, wrongFilter],
  examples: { answer: [completedJob] },
});

export const createJob = endpoint({
  ...{ method: 'POST', path: jobs, permission: 'write', group, id: 'createJob', status: 201 },
  summary: 'Make a job',
  description:
    'A `code_generate` job makes codes, a `code_export` job writes all codes of the promotion to a CSV file. A promotion takes one job at a time. Ask for the job until its status is `completed`, `failed` or `cancelled`.',
  repeatable: true,
  params: promotionParams,
  query: noQuery,
  body: createJobInput,
  answer: resource(apiJob),
  errors: [
    { code: 'invalid_input', detail: 'Enter a whole number, 1 or more', source: 'data.parameters.number_of_codes' },
    { code: 'too_many_codes', detail: 'Only 1000 promotion codes are allowed per promotion', source: 'data.parameters.number_of_codes' },
    { code: 'too_many_jobs', detail: 'Only 1 pending or processing job is allowed per promotion.' },
    noPromotion,
    noCodesAllowed,
    {
      code: 'unprocessable',
      detail: 'A promotion with more than 1000 codes must end within 365 days of its start: an end up to 2027-12-06T00:00:00Z would do',
      source: 'data.parameters.number_of_codes',
    },
  ],
  examples: {
    body: { type: 'promotion_job', job_type: 'code_generate', name: 'Newsletter', parameters },
    answer: pendingJob,
  },
});

export const getJob = endpoint({
  ...{ method: 'GET', path: `${jobs}/{jobId}`, permission: 'read', group, id: 'getJob', status: 200 },
  summary: 'One job',
  params: jobParams,
  query: noQuery,
  body: noBody,
  answer: resource(apiJob),
  errors: [noPromotion, noJob],
  examples: { answer: completedJob },
});

export const cancelJob = endpoint({
  ...{ method: 'POST', path: `${jobs}/{jobId}/cancel`, permission: 'write', group, id: 'cancelJob', status: 200 },
  summary: 'Cancel a job',
  description: 'A pending job is cancelled at once; one that runs is `cancelling` until the codes it made are removed. No body is needed.',
  params: jobParams,
  query: noQuery,
  body: noBody,
  answer: resource(apiJob),
  errors: [noPromotion, noJob, { code: 'unprocessable', detail: 'Only pending or processing jobs can be cancelled' }],
  examples: { answer: cancelledJob },
});

export const getJobFile = endpoint({
  ...{ method: 'GET', path: `${jobs}/{jobId}/file`, permission: 'read', group, id: 'getJobFile', status: 200 },
  summary: 'The file of an export',
  description: 'An absolute link to the CSV file. It is signed, needs no token and works for 15 minutes: do not pass it on.',
  params: jobParams,
  query: noQuery,
  body: noBody,
  answer: z.object({ href: z.url() }),
  errors: [
    noPromotion,
    noJob,
    { code: 'unprocessable', detail: 'Job has no file to download. Job status: processing' },
    { code: 'gone', detail: 'The file is no longer complete. Run the export again.' },
  ],
  examples: {
    answer: {
      href: 'https://codes.example.com/downloads/84d86114-a92d-4c34-92f1-3e36ef6cabeb?expires=1796565149&signature=ZsX0dCmYbVwXk1u2Vb3nq4pR5s6T7u8v9w0x1y2z3A4',
    },
  },
});
