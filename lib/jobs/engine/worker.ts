import { connect } from '#lib/db';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { JobHandlers } from '#lib/jobs/engine/handler';
import { closeSender, consume } from '#lib/jobs/engine/queue';
import { startSweeping } from '#lib/jobs/engine/sweep/sweep';
import { Interrupted, work } from '#lib/jobs/engine/work';
import { log } from '#lib/log';

export type Worker = {
  /** Releases unfinished jobs to the queue and closes all connections. Call it once. */
  stop(): Promise<void>;
};

/** Starts to work on jobs of the queue, at most `concurrency` at a time, each with the handler of its kind. */
export async function startWorker(databaseUrl: string, concurrency: number, handlers: JobHandlers): Promise<Worker> {
  const copy = connect(databaseUrl, concurrency);
  // A slower heartbeat is useless. The database cancels it before the client stops waiting, so that it cannot take effect unnoticed.
  const heartbeat = connect(databaseUrl, concurrency + 1, { statement_timeout: 4_000, query_timeout: 5_000 });
  const pools = { copy: copy.pool, heartbeat: heartbeat.pool };
  const stopping = new AbortController();
  const consumer = await consume(databaseUrl, concurrency, async (jobId, reassigned) => {
    try {
      await work(pools, handlers, jobId, AbortSignal.any([stopping.signal, reassigned]));
      faultPoint('job-ended');
    } catch (error) {
      if (!(error instanceof Interrupted)) log.error({ job: jobId, error }, 'work on a job failed: the next worker continues it');
      throw error;
    }
  });
  const sweeps = startSweeping(heartbeat.db);
  return {
    async stop() {
      stopping.abort();
      sweeps.stop();
      await consumer.stop();
      await closeSender();
      await Promise.all([copy.close(), heartbeat.close()]);
    },
  };
}
