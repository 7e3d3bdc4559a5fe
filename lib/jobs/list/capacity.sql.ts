import { z } from 'zod';
import { readRow } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

const measuredJobs = 20;

const row = z.object({ now: z.date(), rate: z.number().nullable() });

/** Returns the codes per second over the latest uninterrupted jobs, and the time by the database's clock. The rate is null before the first job. */
export async function measureRate(db: Db): Promise<{ codesPerSecond: number | null; now: string }> {
  const { rate, now } = await readRow(
    db,
    row,
    Prisma.sql`
    select clock_timestamp() as now, (sum(generated) / nullif(sum(extract(epoch from finished_at - started_at)), 0))::float8 as rate
    from (
      select generated, started_at, finished_at from promotion_jobs
      where status = 'completed' and job_type = 'code_generate' and interruptions = '[]'
      order by created_at desc, id limit ${measuredJobs}
    ) as latest`,
  );
  return { codesPerSecond: rate, now: now.toISOString() };
}
