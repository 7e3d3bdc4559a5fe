import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import { copyFromFile, copyToFile, preallocateWal, saveRows, truncateCodes } from '../baseline.ts';
import type { Context } from '../context.ts';
import { type Measurement, median, ratio, timed } from '../measurement.ts';
import { sampleMemory } from '../memory-sampler.ts';
import { generateJob, runJob } from '../run-job.ts';

const parts = 10;

// The WAL volume of one code, with a margin.
const walBytesPerCode = 320;

/** Measures ten million codes. Checks that the duration grows linearly and that memory does not grow. */
export async function measureTenMillion(context: Context): Promise<Measurement[]> {
  const { db, pool, actor, folder, rounds, quick } = context;
  const n = quick ? 1_000_000 : 10_000_000;
  const { id: promotionId } = await seedPromotion(db, { maxCodes: n });
  const rows = join(folder, 'rows.copy');
  await using worker = startWorker({ NODE_ENV: 'production' });
  await preallocateWal(pool, n * walBytesPerCode);
  await truncateCodes(pool);
  const memory = sampleMemory(worker.process);
  const started = performance.now();
  const { id } = await createJob(db, actor, promotionId, generateJob(n));
  const reached = await timesReached(db, id, n / parts);
  await jobIn(db, id, 'completed');
  const generatedMs = performance.now() - started;
  await pool.query('vacuum analyze promotion_codes');
  const [exported, copiedOut]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    exported.push(await timed(() => runJob(context, promotionId, { job_type: 'code_export' })));
    if (round === 0) memory.stop();
    copiedOut.push(await timed(() => copyToFile(pool, promotionId, join(folder, 'rows.csv'))));
  }
  await saveRows(pool, promotionId, rows);
  await truncateCodes(pool);
  const copied = await timed(() => copyFromFile(pool, rows));
  const codes = n.toLocaleString('en');
  return [
    { name: `${codes} codes generated, time relative to plain COPY`, atMost: 1, ...ratio([generatedMs], [copied]) },
    { name: `Last tenth of ${codes} codes, time relative to the second tenth`, atMost: 1.5, ...lastOverSecond(reached) },
    { name: `${codes} codes exported, time relative to plain COPY TO`, atMost: 1.2, ...ratio(exported, copiedOut) },
    ...memoryMeasurements(memory.samples),
  ];
}

/** Returns the times at which the job had completed one, two and more tenths of its codes. */
async function timesReached(db: Database, id: string, part: number): Promise<number[]> {
  const times: number[] = [];
  while (times.length < parts) {
    const { generated } = await db.promotionJob.findUniqueOrThrow({ where: { id }, select: { generated: true } });
    while (generated >= part * (times.length + 1)) times.push(performance.now());
    await delay(20);
  }
  return times;
}

function lastOverSecond(reached: number[]): Pick<Measurement, 'value' | 'unit' | 'note'> {
  const between = (from: number) => (reached[from + 1] ?? 0) - (reached[from] ?? 0);
  return ratio([between(parts - 2)], [between(0)]);
}

function memoryMeasurements(samples: number[]): Measurement[] {
  if (samples.length === 0) return [];
  const half = Math.floor(samples.length / 2);
  const [first, second] = [median(samples.slice(0, half)), median(samples.slice(half))];
  return [
    { name: 'Peak memory of the worker during the job', value: Math.max(...samples), atMost: 250, unit: 'MB' },
    { name: 'Memory of the worker in the second half, relative to the first half', value: second / first, atMost: 1.25, unit: '×' },
  ];
}
