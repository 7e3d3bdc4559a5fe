import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import type { JobAddress } from '#lib/jobs/find';
import { cancellableTypes, typesWithRollback } from '#lib/jobs/types/registry';
import { Prisma } from '#prisma/client';
import { JobStatus } from '#prisma/enums';

const row = z.object({ status: z.enum(JobStatus), run: z.string().nullable() });

/** Sets a pending job to `cancelled` and a processing one to `cancelling`. Returns undefined for a job in another status, or of a kind that must complete. */
export async function requestCancel(db: Db, { promotionId, jobId }: JobAddress): Promise<z.output<typeof row> | undefined> {
  const [cancelled] = await readRows(
    db,
    row,
    Prisma.sql`
    update promotion_jobs set
      status = case status when 'pending' then 'cancelled' else 'cancelling' end::job_status,
      finished_at = case status when 'pending' then now() end,
      deleted = case when status = 'pending' and job_type = any(${typesWithRollback}::job_type[]) then 0 else deleted end,
      rate = null, updated_at = now()
    where id = ${jobId}::uuid and promotion_id = ${promotionId}::uuid and status in ('pending', 'processing')
      and job_type = any(${cancellableTypes}::job_type[])
    returning status, run_token as run`,
  );
  return cancelled;
}
