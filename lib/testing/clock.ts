import type { Pool } from 'pg';

// Times that a user chose or that are in the future.
const chosen = ['promotions.start', 'promotions.end', 'sessions.expires_at', 'clients.expires_at', 'redemption_holds.expires_at'];

/** The columns of the database that hold a time more than twenty minutes from now by its own clock; `except` are left out. */
export async function wrongTimes(pool: Pool, except: readonly string[] = []): Promise<string[]> {
  const { rows: columns } = await pool.query<{ column: string; look: string }>(
    `select table_name || '.' || column_name as column,
       format('select from %I where abs(extract(epoch from %I - now())) > 1200 limit 1', table_name, column_name) as look
     from information_schema.columns
     where table_schema = 'public' and data_type like 'timestamp%' and table_name <> '_prisma_migrations'`,
  );
  const looked = await Promise.all(columns.map(async ({ column, look }) => ((await pool.query(look)).rowCount === 0 ? [] : [column])));
  return looked.flat().filter((column) => !chosen.includes(column) && !except.includes(column));
}
