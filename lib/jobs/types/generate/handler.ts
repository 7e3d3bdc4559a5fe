import type { PoolClient } from 'pg';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { Ending, JobHandler } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import { generateJob } from '#lib/jobs/types/generate/definition';
import { etaModel } from '#lib/jobs/types/generate/eta-model';
import { removeNewestCodes } from '#lib/jobs/types/generate/rollback.sql';
import { generateSettings } from '#lib/jobs/types/generate/settings';
import { nextSlice, type Slice, startCollisions, writeSlice } from '#lib/jobs/types/generate/slice';
import { readStoredBefore } from '#lib/jobs/types/generate/slice.sql';

// After this many consecutive slices without a new code, the code space counts as full.
const maxEmptySlices = 20;

/** Generates codes slice by slice, and removes them when the job fails or is cancelled. */
export const generateHandler: JobHandler = {
  run: generate,
  reportsProgress: false,
  rollback: removeNewestCodes,
  mustComplete: generateJob.mustComplete,
  tidyUp: null,
};

/**
 * Continues from the committed progress (`run.generated`) until the job has all its codes. Returns `stopped` when the fence rejects
 * a slice, because the job is cancelled or another run holds it, and when `watch` stops the work between two slices.
 */
async function generate(client: PoolClient, run: Run, watch: Watch): Promise<Ending> {
  const settings = generateSettings.parse(run.row);
  const stored = await readStoredBefore(client, run);
  const reportProgress = () => {
    const { done, each } = etaModel({ stored, generated: run.generated, requested: settings.numberOfCodes });
    watch.reportProgress(done, each);
  };
  reportProgress();
  let emptySlices = 0;
  const collisions = startCollisions(settings);
  let slice = nextSlice(run, settings, run.generated, collisions);
  while (!watch.stop.aborted) {
    let following: Slice | undefined;
    const written = await writeSlice(client, run, settings, slice, () => {
      const expected = run.generated + slice.count;
      if (expected < settings.numberOfCodes) following = nextSlice(run, settings, expected, collisions);
    });
    if (!written) return { kind: 'stopped' };
    run.generated = written.generated;
    reportProgress();
    collisions.offered += slice.count;
    collisions.existing += written.existing;
    if (written.status === 'completed') return { kind: 'completed' };
    emptySlices = written.inserted === 0 ? emptySlices + 1 : 0;
    if (emptySlices === maxEmptySlices) return { kind: 'failed', error: 'no_new_codes_left' };
    faultPoint('between-slices');
    slice = following ?? nextSlice(run, settings, run.generated, collisions);
  }
  return { kind: 'stopped' };
}
