import { constants, setPriority } from 'node:os';
import { config, required } from '#lib/config';
import { startWorker } from '#lib/jobs/engine/worker';
import { jobHandlers } from '#lib/jobs/types/handlers';
import { log } from '#lib/log';
import { makeStorage } from '#lib/storage';

/** The worker process. Any number of workers may run. */
const { workerConcurrency } = config();
// The database rolls back what still runs then, and another worker takes it over.
const maxStopMs = 9_000;

// Pages come before bulk work where both run on one machine.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
// Without the folder exports fail with that reason, and codes can still be generated.
await makeStorage().catch((error: unknown) => log.error({ error }, 'the export folder could not be created'));

const worker = await startWorker(required('databaseUrl'), workerConcurrency, jobHandlers);
log.debug({ concurrency: workerConcurrency }, 'worker ready');
process.send?.('ready');

let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), maxStopMs).unref();
  await worker.stop();
  process.exit(0);
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// The process that started this one is gone, even by SIGKILL: do not stay behind.
process.once('disconnect', () => void stop());
