import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Database } from '#lib/db';
import { exportQuery } from '#lib/exports/csv';
import { createJob } from '#lib/jobs/create';
import type { CreateJobInput } from '#lib/jobs/schema';
import { jobIn } from '#lib/testing/jobs';
import { makePromotion } from '#lib/testing/seed';
import type { Worker } from '#lib/testing/worker';
import type { Actor } from '#lib/users/permissions';
import { type Measurement, median, timed } from './measurement.ts';

const million = 1_000_000;
const columns = 'promotion_id, job_id, code, consume_unit, max_uses, uses, created_by';

type Bench = { db: Database; pool: Pool; actor: Actor; folder: string; worker: Worker; rounds: number };

/** Jobs of a million codes beside plain COPY of the same rows: into the same table, emptied each time, and out by the same query. */
export async function measureMillionCodes({ db, pool, actor, folder, worker, rounds }: Bench): Promise<Measurement[]> {
  const { id: promotionId } = await makePromotion(db, { maxCodes: million });
  const rows = join(folder, 'rows.copy');
  const job = async (input: CreateJobInput) => jobIn(db, (await createJob(db, actor, promotionId, input)).id, 'completed', 300_000);
  const made: number[] = [];
  const copied: number[] = [];
  const exported: number[] = [];
  const copiedOut: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await emptyCodes(pool, promotionId);
    const parameters = { number_of_codes: million, consume_unit: 'per_cart', code_length: 8, max_uses_per_code: 1 } as const;
    made.push(await timed(() => job({ job_type: 'code_generate', parameters })));
    exported.push(await timed(() => job({ job_type: 'code_export' })));
    copiedOut.push(await timed(() => copyOut(pool, exportQuery(promotionId), nowhere())));
    const inOrder = `copy (select ${columns} from promotion_codes where promotion_id = '${promotionId}' order by id) to stdout`;
    await copyOut(pool, inOrder, createWriteStream(rows));
    await emptyCodes(pool, promotionId);
    copied.push(await timed(() => copyIn(pool, rows)));
  }
  const note = (each: number[], floor: number[]) => `${seconds(each)} beside ${seconds(floor)}`;
  return [
    {
      name: '1,000,000 codes made, over plain COPY',
      value: median(made) / median(copied),
      limit: 1.3,
      unit: '×',
      note: note(made, copied),
    },
    {
      ...{ name: '1,000,000 codes exported, over plain COPY TO', unit: '×', limit: 1.5 },
      ...{ value: median(exported) / median(copiedOut), note: note(exported, copiedOut) },
    },
    { name: 'Most memory of the worker meanwhile', value: await peakMemoryMb(worker), limit: 300, unit: 'MB' },
  ];
}

/** Every round meets the table as the first one did. */
async function emptyCodes(pool: Pool, promotionId: string): Promise<void> {
  await pool.query('truncate promotion_codes');
  await pool.query('update promotions set code_count = 0 where id = $1', [promotionId]);
  await pool.query('checkpoint');
}

async function copyOut(pool: Pool, query: string, into: Writable): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(client.query(copyTo(query)), into);
  } finally {
    client.release();
  }
}

async function copyIn(pool: Pool, file: string): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(
      createReadStream(file, { highWaterMark: 1 << 20 }),
      client.query(copyFrom(`copy promotion_codes (${columns}) from stdin`)),
    );
  } finally {
    client.release();
  }
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

function seconds(takes: number[]): string {
  return `${(median(takes) / 1000).toFixed(2)} s`;
}

/** The most memory a process ever had, as Linux keeps it. */
async function peakMemoryMb(worker: Worker): Promise<number> {
  const status = await readFile(`/proc/${worker.process.pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
