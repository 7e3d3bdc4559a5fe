import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { beginExport, exportQuery, needsByteOrderMark } from '#lib/exports/csv';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { Ending, JobHandler } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run';
import type { Watch } from '#lib/jobs/engine/watch';
import { exportJob } from '#lib/jobs/types/export/definition';
import { createFile, removeFile, removeFilesOf } from '#lib/storage';

/** Writes the codes of a promotion to a file. It appears under its name only when it is complete. */
export const exportHandler: JobHandler = {
  run: exportCodes,
  reportsProgress: true,
  rollback: null,
  mustComplete: exportJob.mustComplete,
  // Of all the files that runs of the job started, only that of a completed job stays.
  tidyUp: (run, status) => removeFilesOf(run.id, status === 'completed' ? exportKey(run) : undefined),
};

/** The name of the file that a run writes; no other run writes to it. */
function exportKey(run: Run): string {
  return `${run.id}.${run.token}.csv`;
}

/**
 * Writes the promotion's codes to a file in the order of their creation, and completes the job with the file's rows, bytes and
 * SHA-256. When the job no longer belongs to the run, the file is removed again.
 */
async function exportCodes(client: PoolClient, run: Run, watch: Watch): Promise<Ending> {
  const key = exportKey(run);
  const file = await createFile(key);
  const hash = createHash('sha256');
  let mark = Buffer.alloc(0);
  let bytes = 0;
  // The header does not count.
  let rows = -1;
  const lines = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = withCrlf(chunk);
      rows += text.length - chunk.length;
      watch.moved(rows);
      const out = bytes === 0 ? Buffer.concat([mark, text]) : text;
      hash.update(out);
      bytes += out.length;
      done(null, out);
    },
  });
  try {
    watch.moved(0);
    await client.query(beginExport);
    if (await needsByteOrderMark(client, run.promotionId)) mark = Buffer.from('\ufeff');
    const source = client.query(copyTo(await exportQuery(client, run.promotionId)));
    await pipeline(source, lines, file.stream, { signal: watch.stop });
    await client.query('commit');
    faultPoint('file-written');
    await file.commit();
    faultPoint('file-named');
    const written = { key, rows: source.rowCount, bytes, sha256: hash.digest('hex') };
    return (await complete(client, run, written)) ? { kind: 'completed' } : await withdraw(key);
  } catch (error) {
    await file.discard();
    throw error;
  }
}

async function withdraw(key: string): Promise<Ending> {
  await removeFile(key);
  return { kind: 'stopped' };
}

async function complete(
  client: PoolClient,
  run: Run,
  file: { key: string; rows: number; bytes: number; sha256: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update promotion_jobs set
       status = 'completed', file_key = $3, file_rows = $4, file_bytes = $5, file_sha256 = $6,
       finished_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and status = 'processing' and failing is null`,
    [run.id, run.token, file.key, file.rows, file.bytes, file.sha256],
  );
  return rowCount === 1;
}

// RFC 4180 ends lines with CRLF and COPY with LF. No field holds a line break, so every LF ends a row.
function withCrlf(chunk: Buffer): Buffer {
  return Buffer.from(chunk.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
