import type { TestProject } from 'vitest/node';
import { createDatabase, prepareDatabase, startTemporaryPostgres } from '#lib/testing/postgres';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { databaseUrl: string; folder: string };
  }
}

/** The template of the database of every test file: all migrations, the queue, and no rows. */
export const template = 'promint_template';

/** Starts one PostgreSQL for the whole run. Vitest calls this only when the run includes a test that needs it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTemporaryPostgres();
  try {
    await prepareDatabase(await createDatabase(server.databaseUrl, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('postgres', { databaseUrl: server.databaseUrl, folder: server.folder });
  return server.stop;
}
