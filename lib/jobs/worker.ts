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
// The database rolls back what still runs then, and another worker takes it over.
const maxStopMs = 9_000;

let worker: Worker | undefined;

// Before anything waits for the database: a worker whose parent is gone does not stay to wait for it. What it has claimed meanwhile, another one takes over.
onShutdown(async () => {
  setTimeout(() => process.exit(0), maxStopMs).unref();
  await worker?.stop();
  process.exit(0);
});

// Pages come before bulk work where both run on one machine.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
await claimStorage(db());

worker = await startWorker(required('databaseUrl'), workerConcurrency, jobHandlers);
log.debug({ concurrency: workerConcurrency }, 'worker ready');
process.send?.('ready');
