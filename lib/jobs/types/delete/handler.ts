import type { PoolClient } from 'pg';
import { setKeyOrder } from '#lib/codes/by-key.sql';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { fencedTransaction } from '#lib/jobs/engine/fenced.sql';
import type { Ending, JobHandler } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import { deleteJob } from '#lib/jobs/types/delete/definition';
import {
  deleteCodes,
  deleteJobs,
  deletePromotionRow,
  deleteVersions,
  isAnyCodeLeft,
  readOtherJobs,
  recordSlice,
  type Slice,
} from '#lib/jobs/types/delete/slices.sql';
import { removeFile } from '#lib/storage';

/** Deletes a promotion slice by slice. */
export const deleteHandler: JobHandler = {
  run: deleteEverything,
  reportsProgress: false,
  rollback: null,
  mustComplete: deleteJob.mustComplete,
  tidyUp: null,
};

type Work = { client: PoolClient; run: Run; watch: Watch };

/**
 * Deletes rows before the rows that they reference. A run that takes over starts with the codes again: rows that an earlier run
 * deleted no longer exist, and removing a missing file has no effect.
 */
async function deleteEverything(client: PoolClient, run: Run, watch: Watch): Promise<Ending> {
  const work = { client, run, watch };
  for (const step of [removeCodes, removeFilesAndJobs, removeVersions, removePromotion]) {
    if (!(await step(work))) return { kind: 'stopped' };
  }
  return { kind: 'completed' };
}

async function removeCodes(work: Work): Promise<boolean> {
  const { client, run } = work;
  let after = '0';
  for (;;) {
    const slice = await inSlice(work, async () => {
      const { codes, last } = await deleteCodes(client, run.promotionId, after);
      after = last ?? after;
      return { rows: codes, codes };
    });
    if (!slice) return false;
    if (slice.rows > 0) continue;
    if (!(await isAnyCodeLeft(client, run.promotionId))) return true;
    after = '0';
  }
}

async function removeFilesAndJobs(work: Work): Promise<boolean> {
  const { client, run } = work;
  for (;;) {
    const jobs = await readOtherJobs(client, run);
    if (jobs.length === 0) return true;
    for (const { fileKey } of jobs) if (fileKey !== null) await removeFile(fileKey);
    faultPoint('files-removed');
    const slice = await inSlice(work, async () => {
      await deleteJobs(
        client,
        jobs.map(({ id }) => id),
      );
      return { rows: jobs.length };
    });
    if (!slice) return false;
  }
}

async function removeVersions(work: Work): Promise<boolean> {
  for (;;) {
    const slice = await inSlice(work, async () => ({ rows: await deleteVersions(work.client, work.run.promotionId) }));
    if (!slice) return false;
    if (slice.rows === 0) return true;
  }
}

async function removePromotion(work: Work): Promise<boolean> {
  const slice = await inSlice(work, async () => {
    await deletePromotionRow(work.client, work.run.promotionId);
    return { rows: 1, last: true };
  });
  return slice !== null;
}

/** Runs `remove` in one fenced transaction. Removes nothing and returns null when the run must stop or another run holds the job. */
async function inSlice({ client, run, watch }: Work, remove: () => Promise<Slice>): Promise<Slice | null> {
  if (watch.stop.aborted) return null;
  const written = await fencedTransaction(client, async () => {
    await setKeyOrder(client);
    const slice = await remove();
    const deleted = await recordSlice(client, run, slice);
    faultPoint('slice-written');
    return deleted === null ? null : { slice, deleted };
  });
  if (!written) return null;
  watch.reportProgress(written.deleted);
  faultPoint('slice-committed');
  return written.slice;
}
