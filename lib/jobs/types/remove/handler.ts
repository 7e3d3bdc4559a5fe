import type { PoolClient } from 'pg';
import { z } from 'zod';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { Ending, JobHandler } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import { removeFilter, removeJob } from '#lib/jobs/types/remove/definition';
import { countSelected, removeSlice, selectionOf } from '#lib/jobs/types/remove/remove.sql';

/** Removes codes slice by slice. A failed or cancelled job does not restore removed codes. */
export const removeHandler: JobHandler = {
  run: remove,
  reportsProgress: false,
  rollback: null,
  mustComplete: removeJob.mustComplete,
  tidyUp: null,
};

const settingsOfRow = z.object({ parameters: removeFilter, code_id_limit: z.int().nullable() });

/**
 * Removes the selected codes in the order of their key. A run that takes over starts at the lowest key, because the codes that the
 * previous run removed no longer exist.
 */
async function remove(client: PoolClient, run: Run, watch: Watch): Promise<Ending> {
  const { parameters, code_id_limit } = settingsOfRow.parse(run.row);
  const selection = selectionOf(parameters, code_id_limit ?? 0);
  const deleted = await countSelected(client, run, selection);
  if (deleted === null) return { kind: 'stopped' };
  watch.reportProgress(deleted);
  let after = '0';
  while (!watch.stop.aborted) {
    const slice = await removeSlice(client, run, selection, after);
    if (!slice) return { kind: 'stopped' };
    watch.reportProgress(slice.deleted);
    if (slice.status === 'completed') return { kind: 'completed' };
    after = slice.last;
    faultPoint('between-slices');
  }
  return { kind: 'stopped' };
}
