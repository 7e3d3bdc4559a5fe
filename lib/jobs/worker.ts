import '#lib/server/processes/begin';
import { constants, setPriority } from 'node:os';
import { config, required } from '#lib/config';
import { db } from '#lib/db';
import { startWorker, type Worker } from '#lib/jobs/engine/worker';
import { jobHandlers } from '#lib/jobs/types/handlers';
import { log } from '#lib/log';
import { printAsLog } from '#lib/server/output';
import { onShutdown } from '#lib/server/processes/shutdown';
import { claimStorage } from '#lib/storage-owner';

/** The worker process. Any number of workers may run. */
const { production, workerConcurrency } = config();
if (production) printAsLog();
// After this time the process exits in any case. The database rolls back open transactions, and another worker takes over the jobs.
const maxStopMs = 9_000;

let worker: Worker | undefined;

// Registered before the first statement on the database, so that a worker whose parent has exited stops even when the database is
// unavailable.
onShutdown(async () => {
  setTimeout(() => process.exit(0), maxStopMs).unref();
  await worker?.stop();
  process.exit(0);
});

// On a machine that also runs the web process, pages have priority over jobs.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
await claimStorage(db());

worker = await startWorker(required('databaseUrl'), workerConcurrency, jobHandlers);
log.debug({ concurrency: workerConcurrency }, 'worker ready');
process.send?.('ready');
