import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { createDatabase, dropDatabase } from '#lib/testing/postgres';
import type { Actor } from '#lib/users/permissions';

/**
 * A database for this test file, cloned from the template before its first line runs. The settings refer to it, so `db()`, `pool()`
 * and `config()` of the code under test use the same database.
 * Only files named `*.db.test.ts` have one.
 */
const server = inject('postgres');
if (!server) throw new Error('This test needs a database: name its file *.db.test.ts.');

const name = `test_${randomUUID()}`;
export const databaseUrl = await createDatabase(server.databaseUrl, name, 'promint_template');
/** A folder for this test file, for exports and other files. */
export const dataDir = join(server.folder, name);
await mkdir(dataDir);
Object.assign(process.env, { DATABASE_URL: databaseUrl, DATA_DIR: dataDir });

// After the settings, because some modules read them when they are loaded.
const shared = await import('#lib/db');
export const db = shared.db();
export const pool = shared.pool();

/** An actor without a row in `users`; for one with a row, use `seedUser`. `created_by` stores the name. */
export const actor: Actor = { id: randomUUID(), name: 'merchandiser@example.com', role: 'merchandiser' };
export const administrator: Actor = { id: randomUUID(), name: 'administrator@example.com', role: 'administrator' };

afterAll(async () => {
  const { closeSender } = await import('#lib/jobs/engine/queue');
  await closeSender();
  await globalThis.promintDatabase?.close();
  await dropDatabase(server.databaseUrl, name);
});
