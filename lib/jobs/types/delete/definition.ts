import type { JobDefinition } from '#lib/jobs/types/definition';

/**
 * Deletes a promotion with its codes, jobs and files. Only `deletePromotion` creates such a job. Its row remains after the deletion
 * of the promotion, as a record of the deletion.
 */
export const deleteJob = {
  rollback: 'nothing',
  mustComplete: true,
  listed: false,
  parameters: () => undefined,
  result: () => undefined,
  meta: ({ deleted, total }) => ({ deletion: { codes: total ?? 0, deleted: deleted ?? 0 } }),
  constraints: ['promotion_jobs_promotion_delete_keeps_name', 'promotion_jobs_promotion_delete_must_complete'],
} as const satisfies JobDefinition<undefined, undefined>;
