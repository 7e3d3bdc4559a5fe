import type { Pool } from 'pg';
import { z } from 'zod';
import { readPgRows } from '#lib/database/rows';
import { queueName, queueSchema } from '#lib/jobs/engine/queue';
import { Prisma } from '#prisma/client';

/** Returns true when `installQueue` has run on this database. */
export async function isQueueInstalled(pool: Pool): Promise<boolean> {
  const [tables] = await readPgRows(
    pool,
    z.object({ installed: z.boolean() }),
    `select to_regclass('${queueSchema}.queue') is not null as installed`,
    [],
  );
  if (!tables?.installed) return false;
  return (await pool.query(`select from ${queueSchema}.queue where name = $1`, [queueName])).rowCount === 1;
}

/** A condition on promotion_jobs: the queue has no waiting and no active entry for the job. */
export const withoutEntry = Prisma.sql`not exists (
  select from pgboss.job as entry
  where entry.name = ${queueName} and entry.policy = 'exclusive' and entry.state <= 'active'
    and coalesce(entry.singleton_key, '') = promotion_jobs.id::text)`;
