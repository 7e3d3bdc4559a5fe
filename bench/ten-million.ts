import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { jobIn } from '#lib/testing/jobs';
import { makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Ground } from './ground.ts';
import { codes, completed } from './jobs.ts';
import { type Measurement, median, ratio, timed } from './measurement.ts';
import { watchMemory } from './memory.ts';
import { copyIn, copyToFile, emptyCodes, keepLogFiles, keepRows } from './plain-copy.ts';

const parts = 10;

// What a code writes to the log, with room to spare.
const logBytes = 320;

/** Ten million codes made and exported: whether time and memory stay in one slope. */
export async function measureTenMillion(ground: Ground): Promise<Measurement[]> {
  const { db, pool, actor, folder, rounds, quick } = ground;
  const n = quick ? 1_000_000 : 10_000_000;
  const { id: promotionId } = await makePromotion(db, { maxCodes: n });
  const rows = join(folder, 'rows.copy');
  await using worker = startWorker({ NODE_ENV: 'production' });
  await keepLogFiles(pool, n * logBytes);
  await emptyCodes(pool);
  const memory = watchMemory(worker.process);
  const started = performance.now();
  const { id } = await createJob(db, actor, promotionId, codes(n));
  const passed = await timesPassed(db, id, n / parts);
  await jobIn(db, id, 'completed');
  const made = performance.now() - started;
  await pool.query('vacuum analyze promotion_codes');
  const [exported, copiedOut]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    exported.push(await timed(() => completed(ground, promotionId, { job_type: 'code_export' })));
    if (round === 0) memory.stop();
    copiedOut.push(await timed(() => copyToFile(pool, promotionId, join(folder, 'rows.csv'))));
  }
  await keepRows(pool, promotionId, rows);
  await emptyCodes(pool);
  const copied = await timed(() => copyIn(pool, rows));
  const many = n.toLocaleString('en');
  return [
    { name: `${many} codes made, over plain COPY`, atMost: 1, ...ratio([made], [copied]) },
    { name: `The last tenth of ${many}, over the second`, atMost: 1.5, ...lastOverSecond(passed) },
    { name: `${many} codes exported, over plain COPY TO`, atMost: 1.2, ...ratio(exported, copiedOut) },
    ...memoryFigures(memory.samples),
  ];
}

/** The moments at which the job had one, two, … parts of its codes. */
async function timesPassed(db: Database, id: string, part: number): Promise<number[]> {
  const moments: number[] = [];
  while (moments.length < parts) {
    const { generated } = await db.promotionJob.findUniqueOrThrow({ where: { id }, select: { generated: true } });
    while (generated >= part * (moments.length + 1)) moments.push(performance.now());
    await delay(20);
  }
  return moments;
}

function lastOverSecond(passed: number[]): Pick<Measurement, 'value' | 'unit' | 'note'> {
  const between = (from: number) => (passed[from + 1] ?? 0) - (passed[from] ?? 0);
  return ratio([between(parts - 2)], [between(0)]);
}

function memoryFigures(samples: number[]): Measurement[] {
  if (samples.length === 0) return [];
  const half = Math.floor(samples.length / 2);
  const [first, second] = [median(samples.slice(0, half)), median(samples.slice(half))];
  return [
    { name: 'Most memory of the worker meanwhile', value: Math.max(...samples), atMost: 250, unit: 'MB' },
    { name: 'Its memory in the second half, over the first', value: second / first, atMost: 1.25, unit: '×' },
  ];
}
