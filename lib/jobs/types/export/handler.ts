import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { beginExport, endExport } from '#lib/exports/csv.sql';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { Ending, JobHandler } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import { completeExport } from '#lib/jobs/types/export/complete.sql';
import { exportJob, exportParameters } from '#lib/jobs/types/export/definition';
import { createFile, removeFile, removeFilesOf } from '#lib/storage';

/** Writes the codes of a promotion to a file, which gets its final name only when it is complete. */
export const exportHandler: JobHandler = {
  run: exportCodes,
  reportsProgress: true,
  rollback: null,
  mustComplete: exportJob.mustComplete,
  // A completed job keeps the file of its last run. The files of all other runs are removed.
  tidyUp: (run, status) => removeFilesOf(run.id, status === 'completed' ? exportKey(run) : undefined),
};

const settingsOfRow = z.object({ parameters: exportParameters.nullable() });

/** Returns the key of the file that a run writes. Each run has a file of its own. */
function exportKey(run: Run): string {
  return `${run.id}.${run.token}.csv`;
}

/**
 * Writes the promotion's codes to a file in the order of their creation, and records the file's rows, bytes and SHA-256 when it
 * completes the job. Removes the file when the job no longer belongs to the run.
 */
async function exportCodes(client: PoolClient, run: Run, watch: Watch): Promise<Ending> {
  const key = exportKey(run);
  const file = await createFile(key);
  const hash = createHash('sha256');
  let mark = Buffer.alloc(0);
  let bytes = 0;
  // The header is not a row.
  let rows = -1;
  const lines = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = withCrlf(chunk);
      rows += text.length - chunk.length;
      watch.reportProgress(rows);
      const out = bytes === 0 ? Buffer.concat([mark, text]) : text;
      hash.update(out);
      bytes += out.length;
      done(null, out);
    },
  });
  try {
    watch.reportProgress(0);
    const { parameters } = settingsOfRow.parse(run.row);
    const source = await beginExport(client, run.promotionId, parameters?.extra_columns ?? []);
    if (source.byteOrderMark) mark = Buffer.from('\ufeff');
    await pipeline(source.rows, lines, file.stream, { signal: watch.stop });
    await endExport(client);
    faultPoint('file-written');
    await file.commit();
    faultPoint('file-named');
    const written = { key, rows: source.rows.rowCount, bytes, sha256: hash.digest('hex') };
    return (await completeExport(client, run, written)) ? { kind: 'completed' } : await discardFile(key);
  } catch (error) {
    await file.discard();
    throw error;
  }
}

async function discardFile(key: string): Promise<Ending> {
  await removeFile(key);
  return { kind: 'stopped' };
}

// RFC 4180 ends lines with CRLF and COPY with LF. No field holds a line break, so every LF ends a row.
function withCrlf(chunk: Buffer): Buffer {
  return Buffer.from(chunk.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
