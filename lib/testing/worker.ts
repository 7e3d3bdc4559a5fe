import { workerFlags } from '#lib/server/processes/child';
import { type Part, startPart } from '#lib/testing/part';

export type Worker = Part;

/** Starts a worker on the database of the settings, as `npm run worker` does. `env` adds settings. */
export function startWorker(env: Record<string, string> = {}): Worker {
  return startPart('lib/jobs/worker.ts', { ...process.env, LOG_LEVEL: 'info', ...env }, workerFlags);
}
