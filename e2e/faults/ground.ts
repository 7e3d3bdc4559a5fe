import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Credentials, createClient } from '#lib/clients/create';
import { connect } from '#lib/db';
import { prepareDatabase } from '#lib/testing/postgres';
import type { Actor } from '#lib/users/permissions';
import { type FaultServer, startFaultServer } from './server.ts';

/** A server for stages, with the database that each begins as a copy of, and the API client that is in all of them. */
export type Ground = { server: FaultServer; credentials: Credentials };

export const template = 'promint_stage';

const administrator: Actor = { id: '', name: 'faults@example.com', role: 'administrator' };

export async function prepareGround(): Promise<Ground> {
  const server = await startFaultServer();
  const databaseUrl = await server.createDatabase(template);
  await prepareDatabase(databaseUrl);
  const { db, pool, close } = connect(databaseUrl, 1);
  await pool.query(await readFile(join(import.meta.dirname, 'history.sql'), 'utf8'));
  const credentials = await createClient(db, administrator, { name: 'faults', role: 'write' });
  await close();
  return { server, credentials };
}
