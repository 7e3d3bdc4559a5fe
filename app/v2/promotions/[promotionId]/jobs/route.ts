import { handle, route } from '#lib/api';
import * as endpoints from '#lib/api/endpoints/jobs';
import { page, rowsOf } from '#lib/api/page';
import { createJob } from '#lib/jobs/create';
import { listJobsOfPromotion } from '#lib/jobs/list/query';
import { serializeJob } from '#lib/jobs/serialize';

const list = handle(endpoints.listJobs, async (call) => {
  const { db, actor, params, query } = call;
  const { job_type: jobType, status: word } = query.filter ?? {};
  const status = word === 'complete' ? 'completed' : word;
  const { rows, total } = await listJobsOfPromotion(db, actor, { ...params, status, jobType, ...rowsOf(query) });
  return page(call, { rows: rows.map(serializeJob), total });
});

// As it was made: a look at it now might find it at work already.
const create = handle(endpoints.createJob, async ({ db, actor, params, body }) => ({
  data: serializeJob(await createJob(db, actor, params.promotionId, body)),
}));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(list, create);
