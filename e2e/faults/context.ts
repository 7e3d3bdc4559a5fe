import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Credentials, createClient } from '#lib/clients/create';
import { connect } from '#lib/db';
import { prepareDatabase } from '#lib/testing/postgres';
import type { Actor } from '#lib/users/permissions';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';

/** A PostgreSQL server with the template database of all environments, and the API client that the template contains. */
export type Context = { server: PostgresServer; credentials: Credentials };

export const template = 'promint_template';

const administrator: Actor = { id: '', name: 'faults@example.com', role: 'administrator' };

export async function createContext(): Promise<Context> {
  const server = await startPostgresServer();
  const databaseUrl = await server.createDatabase(template);
  await prepareDatabase(databaseUrl);
  const { db, pool, close } = connect(databaseUrl, 1);
  await pool.query(await readFile(join(import.meta.dirname, 'history.sql'), 'utf8'));
  const credentials = await createClient(db, administrator, { name: 'faults', role: 'write' });
  await close();
  return { server, credentials };
}
