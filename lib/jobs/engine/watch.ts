import type { Pool } from 'pg';
import { heartbeat, liveForSeconds, type Run, type Snapshot } from '#lib/jobs/engine/run.sql';
import { nextThroughput, perSecond, startThroughput, type Throughput } from '#lib/jobs/engine/throughput';

const heartbeatMs = 1_000;
// A slice takes a second and a heartbeat a few milliseconds. After this time without progress, the connection counts as dead.
const stalledMs = 30_000;
const unreadMs = liveForSeconds * 1_000;

/** The link between a run and its work: heartbeats, progress and signals to stop. */
export type Watch = {
  /** Fires when the work must stop: the job is being cancelled, or {@link Watch.leave} fires. */
  stop: AbortSignal;
  /** Fires when the run must leave its job, because another run holds the job or the worker stops. */
  leave: AbortSignal;
  /** Returns true when another run holds the job. */
  lost(): boolean;
  /** Sends a heartbeat and returns the state of the job. */
  poll(): Promise<Snapshot>;
  /**
   * Reports the total progress `done`. The first report on a connection is the starting point. `each` is the average
   * cost of a remaining unit, in units of `done`.
   */
  reportProgress(done: number, each?: number): void;
  /** Calls `close` when the work on this connection stalls. Returns a function that ends this check. */
  closeWhenStalled(close: () => void): () => void;
  /** Ends the heartbeats. */
  end(): void;
};

/**
 * Sends heartbeats while a run works, stops the work when the job must stop, and closes dead connections.
 * `reportsProgress` is true when heartbeats store the progress (see JobHandler).
 */
export function watchRun(pool: Pool, run: Run, reportsProgress: boolean, leaving: AbortSignal): Watch {
  const cancelled = new AbortController();
  const lost = new AbortController();
  const leave = AbortSignal.any([lost.signal, leaving]);
  let throughput: Throughput | null = null;
  let remainingEach = 1;
  let [snapshotAt, progressAt] = [performance.now(), performance.now()];
  let close: (() => void) | undefined;

  async function poll(): Promise<Snapshot> {
    const progress = reportsProgress ? (throughput?.done ?? null) : null;
    const snapshot = await heartbeat(pool, run, progress, throughput && perSecond(throughput, remainingEach));
    snapshotAt = performance.now();
    if (snapshot === 'lost') lost.abort();
    else if (snapshot.status === 'cancelling') cancelled.abort();
    return snapshot;
  }

  let polling = false;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - snapshotAt > unreadMs || now - progressAt > stalledMs) close?.();
    if (polling) return;
    polling = true;
    // A failed heartbeat needs no handling here: the work meets the same error and retries.
    void poll()
      .catch(() => {})
      .finally(() => {
        polling = false;
      });
  }, heartbeatMs);

  return {
    stop: AbortSignal.any([cancelled.signal, leave]),
    leave,
    lost: () => lost.signal.aborted,
    poll,
    reportProgress(done, each = 1) {
      progressAt = performance.now();
      remainingEach = each;
      const seconds = progressAt / 1_000;
      throughput = throughput ? nextThroughput(throughput, done, seconds) : startThroughput(done, seconds);
    },
    closeWhenStalled(closeConnection) {
      progressAt = performance.now();
      throughput = null;
      close = closeConnection;
      return () => {
        close = undefined;
      };
    },
    end: () => clearInterval(timer),
  };
}
