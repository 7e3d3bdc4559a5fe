import { z } from 'zod';
import type { PostgresOrder } from '#lib/server/postgres/postgres-process';
import { postgresEnvironment } from '#lib/server/postgres/programs';
import { type Child, firstMessage, startChild } from '#lib/server/processes/child';
import { StartupError } from '#lib/server/startup-error';

const report = z.object({ databaseUrl: z.string() });

export type RunningPostgres = { child: Child; databaseUrl: string };

/** Runs the embedded PostgreSQL in a process of its own without Promint's settings. The process gets the password as a message. */
export function launchPostgres(order: PostgresOrder): Child {
  // The argument shows the data folder in a list of processes.
  const child = startChild(`${import.meta.dirname}/postgres-process.ts`, postgresEnvironment(process.env), [], [order.dataDir]);
  child.process.send(order);
  return child;
}

/** Launches the embedded PostgreSQL and waits until it is ready. Throws {@link StartupError} with one sentence when it cannot run. */
export async function startPostgresChild(order: PostgresOrder): Promise<RunningPostgres> {
  const child = launchPostgres(order);
  const answer = report.safeParse(await firstMessage(child)).data;
  if (answer) return { child, ...answer };
  await child.ended;
  throw new StartupError(child.lastError() ?? 'The embedded PostgreSQL did not start; set DATABASE_URL to bring your own.');
}
