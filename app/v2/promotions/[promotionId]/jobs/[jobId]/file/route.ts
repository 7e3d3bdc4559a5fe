import { handle, route } from '#lib/api';
import { getJobFile } from '#lib/api/endpoints/jobs';
import { exportLink } from '#lib/exports/download-link';

const file = handle(getJobFile, async ({ db, actor, params, address }) => {
  const { href } = await exportLink(db, actor, { promotion_id: params.promotionId, job_id: params.jobId });
  return { href: new URL(href, address).href };
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(file);
