import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { required } from '#lib/config';
import { asSuperuser, execute } from '#lib/testing/postgres';

// The floor of the bench: what PostgreSQL itself does, with nothing around it.

const made = 'promotion_id, job_id, code, consume_unit, max_uses, uses, created_by';
const exported = 'code, consume_unit, max_uses, uses, "user", job_id, created_by, created_at';

/** Keeps a promotion's codes in a file, as COPY reads them, in the order they were made. */
export function keepRows(pool: Pool, promotionId: string, file: string): Promise<void> {
  return copyOut(pool, `copy (select ${made} from promotion_codes where promotion_id = '${promotionId}' order by id) to stdout`, file);
}

/** One COPY of rows that {@link keepRows} kept into the table of codes. */
export async function copyIn(pool: Pool, file: string): Promise<void> {
  const client = await pool.connect();
  try {
    const into = client.query(copyFrom(`copy promotion_codes (${made}) from stdin`));
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), into);
  } finally {
    client.release();
  }
}

/** One COPY of a promotion's codes, in the order they were made, to a CSV file that is on the disk when this is over. */
export function copyToFile(pool: Pool, promotionId: string, file: string): Promise<void> {
  const query = `select ${exported} from promotion_codes where promotion_id = '${promotionId}' order by id`;
  return copyOut(pool, `copy (${query}) to stdout with (format csv, header)`, file);
}

/** Empties the table of codes, so that every round meets it as the first one did. */
export async function emptyCodes(pool: Pool): Promise<void> {
  await pool.query('truncate promotion_codes');
  await pool.query('update promotions set code_count = 0 where code_count > 0');
  await pool.query('checkpoint');
}

const logFileBytes = 16 * 1_048_576;

/**
 * Has PostgreSQL make so many bytes of log files and keep them for the next to write. Without it, whoever is measured first makes them and
 * whoever comes second finds them: a tenth of the time of ten million codes.
 */
export async function keepLogFiles(pool: Pool, bytes: number): Promise<void> {
  const files = Math.ceil(bytes / logFileBytes);
  const fill = Array.from({ length: files }, () => "select pg_logical_emit_message(true, 'bench', 'one file'), pg_switch_wal()");
  await execute(asSuperuser(required('databaseUrl')), ...fill);
  await pool.query('checkpoint');
}

async function copyOut(pool: Pool, query: string, file: string): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(client.query(copyTo(query)), createWriteStream(file, { flush: true, highWaterMark: 1 << 20 }));
  } finally {
    client.release();
  }
}
