import pg from 'pg';
import { connect, type Database } from '#lib/db';
import { installQueue } from '#lib/jobs/engine/queue';
import { requireDatabase } from '#lib/server/database';
import { claimStorage } from '#lib/storage-owner';
import { ensureAdministrator } from '#lib/users/administrator';
import { applyMigrations } from '../../prisma/engine.ts';
import { seedSamplePromotions } from '../../prisma/seed.ts';

// An arbitrary number that no other program locks in this database.
const startLock = 5_717_640_251;

type Preparation = { email: string | undefined; password: string | undefined; withSamples: boolean; print(line: string): void };

/**
 * Prepares a database for this version: applies migrations, installs the queue, marks the storage folder and creates the first
 * administrator. When several processes start on one database at once, one prepares it and the others wait. Throws
 * {@link StartupError} when Promint cannot use the database.
 */
export async function prepareDatabase(databaseUrl: string, { email, password, withSamples, print }: Preparation): Promise<void> {
  await requireDatabase(databaseUrl);
  await withStartLock(databaseUrl, print, async () => {
    await applyMigrations(databaseUrl);
    await installQueue(databaseUrl);
    const { db, close } = connect(databaseUrl, 1);
    try {
      await claimStorage(db);
      await createFirstAdministrator(db, { email, password, withSamples, print });
    } finally {
      await close();
    }
  });
}

async function createFirstAdministrator(db: Database, { email, password, withSamples, print }: Preparation): Promise<void> {
  const administrator = await ensureAdministrator(db, { email, password });
  if (!administrator) return;
  if (withSamples) await seedSamplePromotions(db);
  print(`Sign in as ${administrator.email}`);
  print(
    password
      ? 'with the password in ADMIN_PASSWORD.'
      : `with the password ${administrator.password} (shown once; change it when you sign in).`,
  );
  if (administrator.passwordProblem) print('Warning: ADMIN_PASSWORD is easy to guess. Change it after you sign in, under Your account.');
}

async function withStartLock(connectionString: string, print: (line: string) => void, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [startLock]);
    if (rows[0]?.locked === false) {
      print('Another Promint is preparing this database. Waiting for it …');
      await client.query('select pg_advisory_lock($1)', [startLock]);
    }
    await work();
  } finally {
    await client.end();
  }
}
