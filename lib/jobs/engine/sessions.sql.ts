import type { Pool, PoolClient } from 'pg';

const nameOf = (jobId: string) => `promint job ${jobId}`;

/** Names a database session after the job it works on. */
export async function nameSession(client: PoolClient, jobId: string): Promise<void> {
  await client.query(`select set_config('application_name', $1, false)`, [nameOf(jobId)]);
}

/**
 * Terminates the database sessions that work on a job, for a run that takes it over. A session in the middle of a COPY whose
 * network went silent keeps its locks until TCP gives up, which may take hours: no timeout of PostgreSQL applies there.
 */
export async function endSessions(pool: Pool, jobId: string): Promise<void> {
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = $1 and usename = current_user and datname = current_database() and pid <> pg_backend_pid()`,
    [nameOf(jobId)],
  );
}
