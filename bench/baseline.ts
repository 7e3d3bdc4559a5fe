import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { required } from '#lib/config';
import { asSuperuser, execute } from '#lib/testing/postgres';

// The baselines of the bench: statements of PostgreSQL without the product.

const columns = 'promotion_id, job_id, code, consume_unit, max_uses, uses, created_by';
const exported = 'code, consume_unit, max_uses, uses, "user", job_id, created_by, created_at';

/** Writes a promotion's codes to a file for COPY, in the order of their creation. */
export function saveRows(pool: Pool, promotionId: string, file: string): Promise<void> {
  return copyOut(pool, `copy (select ${columns} from promotion_codes where promotion_id = '${promotionId}' order by id) to stdout`, file);
}

/** Copies the rows of {@link saveRows} into the table of codes with one COPY. */
export async function copyFromFile(pool: Pool, file: string): Promise<void> {
  const client = await pool.connect();
  try {
    const into = client.query(copyFrom(`copy promotion_codes (${columns}) from stdin`));
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), into);
  } finally {
    client.release();
  }
}

/** Copies a promotion's codes to a CSV file with one COPY, in the order of their creation, and flushes it to the disk. */
export function copyToFile(pool: Pool, promotionId: string, file: string): Promise<void> {
  const query = `select ${exported} from promotion_codes where promotion_id = '${promotionId}' order by id`;
  return copyOut(pool, `copy (${query}) to stdout with (format csv, header)`, file);
}

/** Empties the table of codes, so that every round begins with the same state. */
export async function truncateCodes(pool: Pool): Promise<void> {
  await pool.query('truncate promotion_codes');
  await pool.query('update promotions set code_count = 0 where code_count > 0');
  await pool.query('checkpoint');
}

const walSegmentBytes = 16 * 1_048_576;

/**
 * Creates WAL segments for `bytes` in advance. Otherwise the first measurement creates them and the second reuses them, which is a
 * tenth of the time of ten million codes.
 */
export async function preallocateWal(pool: Pool, bytes: number): Promise<void> {
  const segments = Math.ceil(bytes / walSegmentBytes);
  const fill = Array.from({ length: segments }, () => "select pg_logical_emit_message(true, 'bench', 'one segment'), pg_switch_wal()");
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
