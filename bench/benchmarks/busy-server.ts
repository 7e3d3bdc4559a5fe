import { setTimeout as delay } from 'node:timers/promises';
import { createJob } from '#lib/jobs/create';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Context } from '../context.ts';
import { type Measurement, percentile, timed } from '../measurement.ts';
import { generateJob, runJob } from '../run-job.ts';
import { apiHeaders, dashboardHeaders, startWebServer } from '../web-server.ts';

const warmUp = 40;
const idleRequests = 200;
const pauseMs = 40;

type Request = () => Promise<number>;
type Durations = { dashboard: number[]; api: number[] };

/** Measures the effects of a job of a million codes: response times of the dashboard and the API, and the waiting time of a small job. */
export async function measureBusyServer(context: Context): Promise<Measurement[]> {
  const { db, actor, quick, rounds } = context;
  const n = quick ? 200_000 : 1_000_000;
  const { id: large } = await seedPromotion(db, { maxCodes: rounds * n });
  const { id: small } = await seedPromotion(db, { maxCodes: 10_000 });
  await using worker = startWorker({ NODE_ENV: 'production' });
  await using web = await startWebServer();
  await runJob(context, small, generateJob(1_000));
  const page = `${web.address}/promotions/${small}`;
  const dashboard = timedRequest(page, await dashboardHeaders(context, web.address));
  const api = timedRequest(`${web.address}/v2/promotions/${small}/jobs`, await apiHeaders(context, web.address));
  await measureRequests(dashboard, api, idle(warmUp));
  const idleDurations = await measureRequests(dashboard, api, idle(idleRequests));
  const busyDurations: Durations = { dashboard: [], api: [] };
  const waitsMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await createJob(db, actor, large, generateJob(n));
    const isActive = async () => (await db.promotionJob.count({ where: { id, status: { in: ['pending', 'processing'] } } })) > 0;
    const [{ dashboard: pages, api: answers }, waitMs] = await Promise.all([
      measureRequests(dashboard, api, isActive),
      jobPast(db, id, n / 4, 300_000).then(() => measureWait(context, small)),
    ]);
    busyDurations.dashboard.push(...pages);
    busyDurations.api.push(...answers);
    waitsMs.push(waitMs);
    await jobIn(db, id, 'completed');
  }
  await worker.stop();
  return [
    slowdown('Dashboard while a job generates a million codes, p95 relative to idle', busyDurations.dashboard, idleDurations.dashboard),
    slowdown('API while a job generates a million codes, p95 relative to idle', busyDurations.api, idleDurations.api),
    { name: 'Waiting time of a job of 1,000 codes behind it', value: Math.max(...waitsMs) / 1000, atMost: 5, unit: 's' },
  ];
}

/** Requests the page and the API list in turn until `shouldContinue` returns false. */
async function measureRequests(dashboard: Request, api: Request, shouldContinue: () => Promise<boolean>): Promise<Durations> {
  const durations: Durations = { dashboard: [], api: [] };
  while (await shouldContinue()) {
    durations.dashboard.push(await dashboard());
    durations.api.push(await api());
    await delay(pauseMs);
  }
  return durations;
}

function timedRequest(url: string, headers: Record<string, string>): Request {
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

async function measureWait(context: Context, promotionId: string): Promise<number> {
  const { createdAt, startedAt } = await runJob(context, promotionId, generateJob(1_000));
  return Number(startedAt) - Number(createdAt);
}

function slowdown(name: string, busy: number[], idle: number[]): Measurement {
  const [value, baseline] = [percentile(busy, 0.95), percentile(idle, 0.95)];
  return {
    name,
    value: value / baseline,
    atMost: 2,
    unit: '×',
    note: `${value.toFixed(0)} ms, idle ${baseline.toFixed(0)} ms, ${busy.length} requests`,
  };
}
