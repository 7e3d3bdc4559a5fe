import { constants, setPriority } from 'node:os';
import { config, required } from '#lib/config';
import { connect } from '#lib/db';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { closeSender, consume } from '#lib/jobs/engine/queue';
import { startSweeping } from '#lib/jobs/engine/sweep';
import { Interrupted, work } from '#lib/jobs/engine/work';
import { log } from '#lib/log';
import { makeStorage } from '#lib/storage';

/** The worker process: takes jobs from the queue and works on a few at a time. Any number of workers may run. */
const databaseUrl = required('databaseUrl');
const { workerConcurrency } = config();
const bulk = connect(databaseUrl, workerConcurrency);
// A sign of life that takes longer is none; the database ends it first, so that it cannot take effect unseen.
const signs = connect(databaseUrl, workerConcurrency + 1, { statement_timeout: 4_000, query_timeout: 5_000 });
const stopping = new AbortController();
// Whatever still hangs then is rolled back by the database and taken up by another worker.
const longestStopMs = 9_000;

// Whoever waits for a page comes first, where both are on one machine.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
// Without the folder exports fail and say so; codes can be made all the same.
await makeStorage().catch((error: unknown) => log.error({ error }, 'the export folder could not be made'));

const consumer = await consume(databaseUrl, workerConcurrency, async (jobId, lost) => {
  try {
    await work({ bulk: bulk.pool, signs: signs.pool }, jobId, AbortSignal.any([stopping.signal, lost]));
    faultPoint('job-ended');
  } catch (error) {
    if (!(error instanceof Interrupted)) log.error({ job: jobId, error }, 'a job was left to the next worker');
    throw error;
  }
});
const sweeps = startSweeping(signs.db);
log.debug({ concurrency: workerConcurrency }, 'worker ready');
process.send?.('ready');

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  sweeps.stop();
  setTimeout(() => process.exit(0), longestStopMs).unref();
  await consumer.stop();
  await closeSender();
  await Promise.all([bulk.close(), signs.close()]);
  process.exit(0);
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// Whoever started this process is gone, even by SIGKILL: do not stay behind.
process.once('disconnect', () => void stop());
