import type { JobHandlers } from '#lib/jobs/engine/handler';
import { deleteHandler } from '#lib/jobs/types/delete/handler';
import { exportHandler } from '#lib/jobs/types/export/handler';
import { generateHandler } from '#lib/jobs/types/generate/handler';
import { removeHandler } from '#lib/jobs/types/remove/handler';

/** The handler of each kind of job. Only the worker process loads this file. */
export const jobHandlers = {
  code_generate: generateHandler,
  code_export: exportHandler,
  code_remove: removeHandler,
  promotion_delete: deleteHandler,
} as const satisfies JobHandlers;
