import { z } from 'zod';
import { type Child, firstMessage, startChild } from '#lib/host/child';
import type { PostgresOrder } from '#lib/host/postgres-process';
import { StartupError } from '#lib/host/startup-error';

const report = z.union([z.object({ databaseUrl: z.string(), created: z.boolean() }), z.object({ refused: z.string() })]);

export type RunningPostgres = { child: Child; databaseUrl: string; created: boolean };

/** Runs the embedded PostgreSQL in a process of its own. Throws {@link StartupError} with one sentence when it cannot. */
export async function startPostgresChild(order: PostgresOrder): Promise<RunningPostgres> {
  const child = startChild(`${import.meta.dirname}/postgres-process.ts`, process.env);
  child.process.send(order);
  const answer = report.safeParse(await firstMessage(child)).data;
  if (!answer) throw new StartupError('The embedded PostgreSQL did not start; set DATABASE_URL to bring your own.');
  if ('refused' in answer) throw new StartupError(answer.refused);
  return { child, ...answer };
}
