import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg, { type Pool } from 'pg';

export const migrationsDir = join(import.meta.dirname, 'migrations');

const undefinedTable = '42P01';

/** The names of the migrations of this version, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The names of the migrations that the database lacks. */
export async function pendingMigrations(pool: Pool): Promise<string[]> {
  const [names, applied] = await Promise.all([migrationNames(), appliedMigrations(pool)]);
  return names.filter((name) => !applied.has(name));
}

async function appliedMigrations(pool: Pool): Promise<Set<string>> {
  try {
    const { rows } = await pool.query<{ name: string }>(
      'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    );
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === undefinedTable) return new Set();
    throw error;
  }
}
