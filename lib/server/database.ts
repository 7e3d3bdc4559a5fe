import pg from 'pg';
import { StartupError } from '#lib/server/startup-error';

const minimumMajor = 15;

/** Throws {@link StartupError} when Promint cannot use the PostgreSQL at `DATABASE_URL`. The message does not contain the password. */
export async function requireDatabase(connectionString: string): Promise<void> {
  const { host, pathname } = new URL(connectionString);
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
    const major = rows[0]?.major ?? 0;
    if (major < minimumMajor)
      throw new StartupError(
        `${host} runs PostgreSQL ${major}, but Promint requires PostgreSQL ${minimumMajor} or later: set DATABASE_URL to such a server.`,
      );
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`Promint cannot use the database ${pathname.slice(1)} at ${host} (${reason(error)}): check DATABASE_URL.`);
  } finally {
    await client.end().catch(() => {});
  }
}

function reason(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.message;
  return error instanceof Error && 'code' in error ? String(error.code) : 'no response';
}
