import type { PoolClient } from 'pg';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { Ending, JobHandler } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import { generateJob } from '#lib/jobs/types/generate/definition';
import { etaModel } from '#lib/jobs/types/generate/eta-model';
import { removeNewestCodes } from '#lib/jobs/types/generate/rollback.sql';
import { generateSettings } from '#lib/jobs/types/generate/settings';
import { nextSlice, noCollisions, type Slice, writeSlice } from '#lib/jobs/types/generate/slice';
import { readStoredBefore } from '#lib/jobs/types/generate/slice.sql';

// After this many slices in a row without one new code, the code space counts as full.
const maxEmptySlices = 20;

/** Generates codes slice by slice, and removes them again when the job fails or is cancelled. */
export const generateHandler: JobHandler = {
  run: generate,
  reportsProgress: false,
  rollback: removeNewestCodes,
  mustComplete: generateJob.mustComplete,
  tidyUp: null,
};

/**
 * Generates codes from what is committed (`run.generated`) until the job has all of them. Ends early, `stopped`, when a write
 * was fenced off (the job is cancelled, or another run holds it), and between two slices when `watch` says so.
 */
async function generate(client: PoolClient, run: Run, watch: Watch): Promise<Ending> {
  const settings = generateSettings.parse(run.row);
  const stored = await readStoredBefore(client, run);
  const report = () => {
    const { done, each } = etaModel({ stored, generated: run.generated, requested: settings.numberOfCodes });
    watch.moved(done, each);
  };
  report();
  let empty = 0;
  const collisions = noCollisions(settings);
  let slice = nextSlice(run, settings, run.generated, collisions);
  while (!watch.stop.aborted) {
    let following: Slice | undefined;
    const written = await writeSlice(client, run, settings, slice, () => {
      const then = run.generated + slice.count;
      if (then < settings.numberOfCodes) following = nextSlice(run, settings, then, collisions);
    });
    if (!written) return { kind: 'stopped' };
    run.generated = written.generated;
    report();
    collisions.offered += slice.count;
    collisions.taken += written.taken;
    if (written.status === 'completed') return { kind: 'completed' };
    empty = written.inserted === 0 ? empty + 1 : 0;
    if (empty === maxEmptySlices) return { kind: 'failed', error: 'no_new_codes_left' };
    faultPoint('between-slices');
    slice = following ?? nextSlice(run, settings, run.generated, collisions);
  }
  return { kind: 'stopped' };
}
