import type { Pool } from 'pg';
import { beat, liveForSeconds, type Run, type Sight } from '#lib/jobs/engine/run';
import { nextPace, type Pace, perSecond, startPace } from '#lib/jobs/engine/throughput';

const beatMs = 1_000;
// A slice takes a second and a beat a few milliseconds. What says nothing for this long hangs on a connection that died unheard.
const stillMs = 30_000;
const unseenMs = liveForSeconds * 1_000;

/** What a run and its work know of each other. */
export type Watch = {
  /** Fires when the work must stop: the job is being cancelled, or {@link Watch.leave}. */
  stop: AbortSignal;
  /** Fires when the run must let go of its job: another run has it, or the worker ends. */
  leave: AbortSignal;
  /** Whether another run has the job. */
  lost(): boolean;
  /** A sign of life and a look at the job, at once. */
  look(): Promise<Sight>;
  /**
   * The work has got on and so much is done; the first such word on a connection says from where. `each` is what a code or
   * a row still takes on average, measured in what is done.
   */
  moved(done: number, each?: number): void;
  /** Calls `cut` when the work stands still on this connection; returns what ends that. */
  cutWhenStill(cut: () => void): () => void;
  end(): void;
};

/** Shows signs of life while a run works, stops the work when its job is not to go on, and frees it from dead connections. */
export function watchRun(pool: Pool, run: Run, leaving: AbortSignal): Watch {
  const cancelled = new AbortController();
  const lost = new AbortController();
  const leave = AbortSignal.any([lost.signal, leaving]);
  let pace: Pace | null = null;
  let stillEach = 1;
  let [seenAt, movedAt] = [performance.now(), performance.now()];
  let cut: (() => void) | undefined;

  async function look(): Promise<Sight> {
    const exportedRows = run.jobType === 'code_export' ? (pace?.done ?? null) : null;
    const sight = await beat(pool, run, exportedRows, pace && perSecond(pace, stillEach));
    seenAt = performance.now();
    if (sight === 'lost') lost.abort();
    else if (sight.status === 'cancelling') cancelled.abort();
    return sight;
  }

  let looking = false;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - seenAt > unseenMs || now - movedAt > stillMs) cut?.();
    if (looking) return;
    looking = true;
    // A beat that fails shows by itself: the work meets the same fault and waits it out.
    void look()
      .catch(() => {})
      .finally(() => {
        looking = false;
      });
  }, beatMs);

  return {
    stop: AbortSignal.any([cancelled.signal, leave]),
    leave,
    lost: () => lost.signal.aborted,
    look,
    moved(done, each = 1) {
      movedAt = performance.now();
      stillEach = each;
      const seconds = movedAt / 1_000;
      pace = pace ? nextPace(pace, done, seconds) : startPace(done, seconds);
    },
    cutWhenStill(how) {
      movedAt = performance.now();
      pace = null;
      cut = how;
      return () => {
        cut = undefined;
      };
    },
    end: () => clearInterval(timer),
  };
}
