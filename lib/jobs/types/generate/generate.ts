import type { PoolClient } from 'pg';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { Run } from '#lib/jobs/engine/run';
import type { Watch } from '#lib/jobs/engine/watch';
import { effortOf } from '#lib/jobs/types/generate/eta-model';
import { metNothing, nextSlice, type Settings, type Slice, writeSlice } from '#lib/jobs/types/generate/slice';
import type { JobError } from '#prisma/enums';

/** How the work on a job ended, before it is settled. */
export type Ending = { kind: 'completed' } | { kind: 'stopped' } | { kind: 'failed'; error: JobError };

// So many slices in a row without one new code: the space is full, however much of it others use.
const maxEmptySlices = 20;

/**
 * Makes codes slice by slice from what is committed already (`run.generated`) until the job has all of
 * them. Ends early, `stopped`, when the fence holds: the job was cancelled, or is another run's; and
 * between two slices when it is told to.
 */
export async function generate(client: PoolClient, run: Run, watch: Watch): Promise<Ending> {
  const settings = settingsOf(run);
  moved(watch, run, settings);
  let empty = 0;
  const met = metNothing(settings);
  let slice = nextSlice(run, settings, run.generated, met);
  while (!watch.stop.aborted) {
    let following: Slice | undefined;
    const written = await writeSlice(client, run, settings, slice, () => {
      const then = run.generated + slice.count;
      if (then < settings.numberOfCodes) following = nextSlice(run, settings, then, met);
    });
    if (!written) return { kind: 'stopped' };
    run.generated = written.generated;
    moved(watch, run, settings);
    met.offered += slice.count;
    met.taken += written.taken;
    if (written.status === 'completed') return { kind: 'completed' };
    empty = written.inserted === 0 ? empty + 1 : 0;
    if (empty === maxEmptySlices) return { kind: 'failed', error: 'no_new_codes_left' };
    faultPoint('between-slices');
    slice = following ?? nextSlice(run, settings, run.generated, met);
  }
  return { kind: 'stopped' };
}

function moved(watch: Watch, { stored, generated }: Run, { numberOfCodes }: Settings): void {
  const { done, each } = effortOf({ stored, generated, asked: numberOfCodes });
  watch.moved(done, each);
}

function settingsOf(run: Run): Settings {
  const { numberOfCodes, consumeUnit, maxUsesPerCode, codeLength, codePrefix } = run;
  if (numberOfCodes === null || consumeUnit === null || codeLength === null) throw new Error(`job ${run.id} generates, but says not what`);
  return { numberOfCodes, consumeUnit, maxUsesPerCode, codeLength, codePrefix };
}
