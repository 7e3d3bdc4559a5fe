import { connect } from '#lib/db';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { JobHandlers } from '#lib/jobs/engine/handler';
import { closeSender, consume } from '#lib/jobs/engine/queue';
import { startSweeping } from '#lib/jobs/engine/sweep/sweep';
import { Interrupted, work } from '#lib/jobs/engine/work';
import { log } from '#lib/log';

export type Worker = {
  /** Gives unfinished jobs back to the queue and closes all connections. Call it once. */
  stop(): Promise<void>;
};

/** Takes jobs from the queue and works on at most `concurrency` of them at a time, each by the handler of its kind. */
export async function startWorker(databaseUrl: string, concurrency: number, handlers: JobHandlers): Promise<Worker> {
  const copy = connect(databaseUrl, concurrency);
  // A heartbeat that takes longer is useless. The database ends it first, so that it cannot take effect unnoticed.
  const heartbeat = connect(databaseUrl, concurrency + 1, { statement_timeout: 4_000, query_timeout: 5_000 });
  const pools = { copy: copy.pool, heartbeat: heartbeat.pool };
  const stopping = new AbortController();
  const consumer = await consume(databaseUrl, concurrency, async (jobId, lost) => {
    try {
      await work(pools, handlers, jobId, AbortSignal.any([stopping.signal, lost]));
      faultPoint('job-ended');
    } catch (error) {
      if (!(error instanceof Interrupted)) log.error({ job: jobId, error }, 'a job was left to the next worker');
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
