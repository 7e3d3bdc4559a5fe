import pg from 'pg';
import { StartupError } from '#lib/server/startup-error';

const oldestMajor = 15;

/** Throws {@link StartupError}, which never contains the password, when `DATABASE_URL` leads to no usable PostgreSQL. */
export async function requireDatabase(connectionString: string): Promise<void> {
  const { host, pathname } = new URL(connectionString);
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
    const major = rows[0]?.major ?? 0;
    if (major < oldestMajor)
      throw new StartupError(`${host} runs PostgreSQL ${major} and Promint needs ${oldestMajor} or newer: point DATABASE_URL at one.`);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`The database ${pathname.slice(1)} at ${host} cannot be used (${reason(error)}): check DATABASE_URL.`);
  } finally {
    await client.end().catch(() => {});
  }
}

function reason(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.message;
  return error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
}
