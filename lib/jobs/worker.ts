import { config, required } from '#lib/config';
import { connect } from '#lib/db';
import { faultPoint } from '#lib/jobs/fault-point';
import { closeSender, consume } from '#lib/jobs/queue';
import { sweep } from '#lib/jobs/sweep';
import { Interrupted, work } from '#lib/jobs/work';
import { log } from '#lib/log';
import { makeStorage } from '#lib/storage';

/** The worker process: takes jobs from the queue and works on a few at a time. Any number of workers may run. */
const databaseUrl = required('databaseUrl');
const { workerConcurrency } = config();
// For each job one connection that writes and one that shows signs of life, and one for the sweep.
const { db, pool, close } = connect(databaseUrl, workerConcurrency * 2 + 1);
const stopping = new AbortController();

// Without the folder exports fail and say so; codes can be made all the same.
await makeStorage().catch((error: unknown) => log.error({ error }, 'the export folder could not be made'));

const consumer = await consume(databaseUrl, workerConcurrency, async (jobId, lost) => {
  try {
    await work(pool, jobId, AbortSignal.any([stopping.signal, lost]));
    faultPoint('job-ended');
  } catch (error) {
    if (!(error instanceof Interrupted)) log.error({ job: jobId, error }, 'a job was left to the next worker');
    throw error;
  }
});
const sweepNow = () => void sweep(db).catch((error: unknown) => log.warn({ error }, 'the sweep is put off'));
const sweeping = setInterval(sweepNow, 5_000);
sweepNow();
log.debug({ concurrency: workerConcurrency }, 'worker ready');
process.send?.('ready');

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  clearInterval(sweeping);
  await consumer.stop();
  await closeSender();
  await close();
  process.exit(0);
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// Whoever started this process is gone, even by SIGKILL: do not stay behind.
process.once('disconnect', () => void stop());
