import type { Pool } from 'pg';
import { heartbeat, liveForSeconds, type Run, type Snapshot } from '#lib/jobs/engine/run.sql';
import { nextThroughput, perSecond, startThroughput, type Throughput } from '#lib/jobs/engine/throughput';

const heartbeatMs = 1_000;
// A slice takes a second and a heartbeat a few milliseconds. Without progress for this long, the connection has died silently.
const stalledMs = 30_000;
const unseenMs = liveForSeconds * 1_000;

/** Connects a run with its work. */
export type Watch = {
  /** Fires when the work must stop: the job is being cancelled, or {@link Watch.leave} fires. */
  stop: AbortSignal;
  /** Fires when the run must leave its job: another run holds it, or the worker stops. */
  leave: AbortSignal;
  /** True when another run holds the job. */
  lost(): boolean;
  /** Sends a heartbeat and reads the job. */
  poll(): Promise<Snapshot>;
  /**
   * Reports progress: `done` in total. The first report on a connection is the starting point. `each` is the average
   * cost of a remaining unit, in units of `done`.
   */
  moved(done: number, each?: number): void;
  /** Calls `cut` when the work on this connection stalls; returns a function that stops the check. */
  cutWhenStalled(cut: () => void): () => void;
  end(): void;
};

/**
 * Sends heartbeats while a run works, stops the work when the job must stop, and cuts dead connections.
 * `reportsProgress` says whether heartbeats store the progress (see JobHandler).
 */
export function watchRun(pool: Pool, run: Run, reportsProgress: boolean, leaving: AbortSignal): Watch {
  const cancelled = new AbortController();
  const lost = new AbortController();
  const leave = AbortSignal.any([lost.signal, leaving]);
  let throughput: Throughput | null = null;
  let remainingEach = 1;
  let [seenAt, movedAt] = [performance.now(), performance.now()];
  let cut: (() => void) | undefined;

  async function poll(): Promise<Snapshot> {
    const progress = reportsProgress ? (throughput?.done ?? null) : null;
    const snapshot = await heartbeat(pool, run, progress, throughput && perSecond(throughput, remainingEach));
    seenAt = performance.now();
    if (snapshot === 'lost') lost.abort();
    else if (snapshot.status === 'cancelling') cancelled.abort();
    return snapshot;
  }

  let polling = false;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - seenAt > unseenMs || now - movedAt > stalledMs) cut?.();
    if (polling) return;
    polling = true;
    // A failed heartbeat needs no handling here: the work has the same fault and waits it out.
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
    moved(done, each = 1) {
      movedAt = performance.now();
      remainingEach = each;
      const seconds = movedAt / 1_000;
      throughput = throughput ? nextThroughput(throughput, done, seconds) : startThroughput(done, seconds);
    },
    cutWhenStalled(how) {
      movedAt = performance.now();
      throughput = null;
      cut = how;
      return () => {
        cut = undefined;
      };
    },
    end: () => clearInterval(timer),
  };
}
