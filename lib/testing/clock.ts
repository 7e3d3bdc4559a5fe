import type { Pool } from 'pg';

// Times that a user chose or that are in the future.
const chosen = ['promotions.start', 'promotions.end', 'sessions.expires_at', 'clients.expires_at', 'redemption_holds.expires_at'];

/** The columns with a time that differs from the database's clock by more than twenty minutes, without those in `except`. */
export async function wrongTimes(pool: Pool, except: readonly string[] = []): Promise<string[]> {
  const { rows: columns } = await pool.query<{ column: string; query: string }>(
    `select table_name || '.' || column_name as column,
       format('select from %I where abs(extract(epoch from %I - now())) > 1200 limit 1', table_name, column_name) as query
     from information_schema.columns
     where table_schema = 'public' and data_type like 'timestamp%' and table_name <> '_prisma_migrations'`,
  );
  const wrong = await Promise.all(columns.map(async ({ column, query }) => ((await pool.query(query)).rowCount === 0 ? [] : [column])));
  return wrong.flat().filter((column) => !chosen.includes(column) && !except.includes(column));
}
