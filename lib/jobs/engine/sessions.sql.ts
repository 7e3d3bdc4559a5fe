import type { Pool, PoolClient } from 'pg';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';

/** The name by which a run that takes over a job finds the database sessions of the previous run. */
const nameOf = (jobId: string) => `promint job ${jobId}`;

/** Runs `use` on a connection of its own, named after the job. Closes the connection when `watch` finds it stalled. */
export async function withClient<T>(pool: Pool, run: Run, watch: Watch, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let released = false;
  const release = (broken: boolean) => {
    if (!released) client.release(broken);
    released = true;
  };
  const endCheck = watch.closeWhenStalled(() => release(true));
  let broken = true;
  try {
    await client.query(`select set_config('application_name', $1, false)`, [nameOf(run.id)]);
    const result = await use(client);
    broken = false;
    return result;
  } finally {
    endCheck();
    // After an error the state of the connection is unknown.
    release(broken);
  }
}

/**
 * Terminates the database sessions of the previous run, for a run that takes over its job. A session whose network connection failed
 * in the middle of a COPY keeps its locks until TCP times out, which may take hours. No timeout of PostgreSQL applies there.
 */
export async function terminateSessions(pool: Pool, jobId: string): Promise<void> {
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = $1 and usename = current_user and datname = current_database() and pid <> pg_backend_pid()`,
    [nameOf(jobId)],
  );
}
