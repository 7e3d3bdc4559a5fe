import { handle, route } from '#lib/api';
import { getJob } from '#lib/api/endpoints/jobs';
import { findJob } from '#lib/jobs/find';
import { serializeJob } from '#lib/jobs/serialize';

const get = handle(getJob, async ({ db, actor, params }) => ({ data: serializeJob(await findJob(db, actor, params)) }));

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(get);
