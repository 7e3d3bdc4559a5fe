import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Db } from '#lib/db';
import { databaseUrl, pool } from '#lib/testing/database';
import { PrismaClient } from '#prisma/client';

/** The plans of PostgreSQL for the statements of `read` on `table`, in their order. */
export async function plansOf(table: string, read: (watched: Db) => Promise<unknown>): Promise<string[]> {
  const sent: { text: string; values: unknown[] }[] = [];
  const watchedPool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const watched = new PrismaClient({ adapter: new PrismaPg(watchedPool), log: [{ emit: 'event', level: 'query' }] });
  watched.$on('query', ({ query, params }) => sent.push({ text: query, values: JSON.parse(params) }));
  await read(watched);
  await watched.$disconnect();
  await watchedPool.end();
  return Promise.all(
    sent
      .filter(({ text }) => text.includes(table))
      .map(async ({ text, values }) => {
        const { rows } = await pool.query<{ 'QUERY PLAN': string }>({ text: `explain ${text}`, values });
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      }),
  );
}
