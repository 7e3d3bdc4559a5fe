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

type Preparation = { email: string | undefined; password: string | undefined; withSamples: boolean; say(line: string): void };

/**
 * Prepares a database for this version: migrations, the queue, the mark of the storage folder, and the first administrator. Of
 * several Promints that start at once on one database, one does this and the others wait. Throws `StartupError` when the database cannot be used.
 */
export async function prepareDatabase(databaseUrl: string, { email, password, withSamples, say }: Preparation): Promise<void> {
  await requireDatabase(databaseUrl);
  await oneAtATime(databaseUrl, say, async () => {
    await applyMigrations(databaseUrl);
    await installQueue(databaseUrl);
    const { db, close } = connect(databaseUrl, 1);
    try {
      await claimStorage(db);
      await ensurePeople(db, { email, password, withSamples, say });
    } finally {
      await close();
    }
  });
}

async function ensurePeople(db: Database, { email, password, withSamples, say }: Preparation): Promise<void> {
  const administrator = await ensureAdministrator(db, { email, password });
  if (!administrator) return;
  if (withSamples) await seedSamplePromotions(db);
  say(`Sign in as ${administrator.email}`);
  say(
    password
      ? 'with the password in ADMIN_PASSWORD.'
      : `with the password ${administrator.password} (shown once; change it when you sign in).`,
  );
  if (administrator.passwordProblem) say('Warning: ADMIN_PASSWORD is easy to guess. Change it after you sign in, under Your account.');
}

async function oneAtATime(connectionString: string, say: (line: string) => void, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [startLock]);
    if (rows[0]?.locked === false) {
      say('Another Promint prepares this database; waiting for it …');
      await client.query('select pg_advisory_lock($1)', [startLock]);
    }
    await work();
  } finally {
    await client.end();
  }
}
