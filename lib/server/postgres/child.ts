import { z } from 'zod';
import type { PostgresOptions } from '#lib/server/postgres/postgres-process';
import { postgresEnvironment } from '#lib/server/postgres/programs';
import { type Child, firstMessage, startChild } from '#lib/server/processes/child';
import { StartupError } from '#lib/server/startup-error';

const report = z.object({ databaseUrl: z.string() });

export type RunningPostgres = { child: Child; databaseUrl: string };

/**
 * Runs the embedded PostgreSQL in a separate process whose environment contains no settings of Promint. The process receives the
 * password as a message.
 */
export function launchPostgres(options: PostgresOptions): Child {
  // The argument shows the data folder in the process list.
  const child = startChild(`${import.meta.dirname}/postgres-process.ts`, postgresEnvironment(process.env), [], [options.dataDir]);
  child.process.send(options);
  return child;
}

/** Starts the embedded PostgreSQL and waits until it accepts connections. Throws {@link StartupError} when it cannot start. */
export async function startPostgresChild(options: PostgresOptions): Promise<RunningPostgres> {
  const child = launchPostgres(options);
  const answer = report.safeParse(await firstMessage(child)).data;
  if (answer) return { child, ...answer };
  await child.ended;
  throw new StartupError(child.lastError() ?? 'The embedded PostgreSQL did not start. Set DATABASE_URL to use your own PostgreSQL.');
}
