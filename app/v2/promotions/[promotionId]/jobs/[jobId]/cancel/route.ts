import { handle, route } from '#lib/api';
import * as endpoints from '#lib/api/endpoints/jobs';
import { cancelJob } from '#lib/jobs/cancel';
import { findJob } from '#lib/jobs/find';
import { serializeJob } from '#lib/jobs/serialize';

const cancel = handle(endpoints.cancelJob, async ({ db, actor, params }) => {
  await cancelJob(db, actor, params);
  return { data: serializeJob(await findJob(db, actor, params)) };
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(cancel);
