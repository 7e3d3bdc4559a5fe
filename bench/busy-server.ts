import { setTimeout as delay } from 'node:timers/promises';
import { createJob } from '#lib/jobs/create';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Ground } from './ground.ts';
import { codes, completed } from './jobs.ts';
import { type Measurement, percentile, timed } from './measurement.ts';
import { apiHeaders, dashboardHeaders, startProduct } from './product.ts';

const warmUp = 40;
const idleLooks = 200;
const pauseMs = 40;

type Look = () => Promise<number>;
type Looks = { dashboard: number[]; api: number[] };

/** What people and programs notice of a job of a million codes: answers of dashboard and API, and how long a small job waits. */
export async function measureBusyServer(ground: Ground): Promise<Measurement[]> {
  const { db, actor, quick, rounds } = ground;
  const n = quick ? 200_000 : 1_000_000;
  const { id: large } = await makePromotion(db, { maxCodes: rounds * n });
  const { id: small } = await makePromotion(db, { maxCodes: 10_000 });
  await using worker = startWorker({ NODE_ENV: 'production' });
  await using product = await startProduct();
  await completed(ground, small, codes(1_000));
  const page = `${product.address}/promotions/${small}`;
  const dashboard = look(page, await dashboardHeaders(ground, product.address));
  const api = look(`${product.address}/v2/promotions/${small}/jobs`, await apiHeaders(ground, product.address));
  await looks(dashboard, api, idle(warmUp));
  const before = await looks(dashboard, api, idle(idleLooks));
  const meanwhile: Looks = { dashboard: [], api: [] };
  const waits: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await createJob(db, actor, large, codes(n));
    const atWork = async () => (await db.promotionJob.count({ where: { id, status: { in: ['pending', 'processing'] } } })) > 0;
    const [{ dashboard: pages, api: answers }, waitedMs] = await Promise.all([
      looks(dashboard, api, atWork),
      jobPast(db, id, n / 4, 300_000).then(() => waited(ground, small)),
    ]);
    meanwhile.dashboard.push(...pages);
    meanwhile.api.push(...answers);
    waits.push(waitedMs);
    await jobIn(db, id, 'completed');
  }
  await worker.stop();
  return [
    slower('The dashboard while a million codes are made, p95 over idle', meanwhile.dashboard, before.dashboard),
    slower('The API while a million codes are made, p95 over idle', meanwhile.api, before.api),
    { name: 'A job of 1,000 codes that comes in meanwhile waits', value: Math.max(...waits) / 1000, atMost: 5, unit: 's' },
  ];
}

/** Looks as somebody does who clicks on and on, and as a program does that asks again and again, while it may. */
async function looks(dashboard: Look, api: Look, goOn: () => Promise<boolean>): Promise<Looks> {
  const takes: Looks = { dashboard: [], api: [] };
  while (await goOn()) {
    takes.dashboard.push(await dashboard());
    takes.api.push(await api());
    await delay(pauseMs);
  }
  return takes;
}

function look(url: string, headers: Record<string, string>): Look {
  return () =>
    timed(async () => {
      const response = await fetch(url, { headers, redirect: 'manual' });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    });
}

function idle(n: number): () => Promise<boolean> {
  let left = n;
  return async () => left-- > 0;
}

async function waited(ground: Ground, promotionId: string): Promise<number> {
  const { createdAt, startedAt } = await completed(ground, promotionId, codes(1_000));
  return Number(startedAt) - Number(createdAt);
}

function slower(name: string, busy: number[], idle: number[]): Measurement {
  const [value, floor] = [percentile(busy, 0.95), percentile(idle, 0.95)];
  return { name, value: value / floor, atMost: 2, unit: '×', note: `${value.toFixed(0)} ms and ${floor.toFixed(0)} ms, of ${busy.length}` };
}
