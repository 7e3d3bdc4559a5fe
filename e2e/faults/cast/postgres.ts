import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { eventually } from '#lib/testing/eventually';
import { jobPast } from '#lib/testing/jobs';
import { codes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import type { Stage } from '../stage.ts';
import { moving, secondsUntil } from '../watch.ts';

const manyCodes = 400_000;

/** Two workers in the middle of two jobs; then `fault`, after which both must go on in the same processes. */
function inTheMiddle(name: string, fault: (stage: Stage) => Promise<void>, more: Partial<Fault> = {}): Fault {
  return {
    name,
    withinSeconds: 5,
    rounds: 1,
    ...more,
    async play(stage) {
      const workers = [await stage.worker({ WORKER_CONCURRENCY: '1' }), await stage.worker({ WORKER_CONCURRENCY: '1' })];
      const jobs = [await stage.promotion(), await stage.promotion()].map((promotionId) => stage.api.create(promotionId, codes(manyCodes)));
      for (const job of jobs) await jobPast(stage.db, await job, 1);
      await delay(stage.random.below(500));
      await fault(stage);
      const seconds = await secondsUntil(moving(stage, await Promise.all(jobs)));
      await stage.settle();
      for (const { process } of workers) promise(process.exitCode === 0, 'a worker ended by itself');
      const { count } = await stage.db.promotionJob.updateMany({ where: { crashes: { gt: 0 } }, data: {} });
      promise(count === 0, `${count} jobs count a worker as dead, and none died`);
      return [seconds];
    },
  };
}

async function killBackend({ pool, random }: Stage): Promise<void> {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() order by pid`,
  );
  const victim = rows[random.below(rows.length)];
  // PostgreSQL trusts nobody after that: it ends all sessions and reads its log again.
  const ended = pool.query('select pg_sleep(60)').catch(() => {});
  if (victim) process.kill(victim.pid, 'SIGKILL');
  await ended;
  await answering(pool);
}

/** How long PostgreSQL takes to read its log again is its own affair. */
function answering(pool: pg.Pool): Promise<unknown> {
  return eventually('an answer of the database', () => pool.query('select').catch(() => null), 180_000);
}

async function endSessionsOneByOne({ pool, random }: Stage): Promise<void> {
  for (let ended = 0; ended < 60; ended += 1) {
    await delay(random.below(150));
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() order by md5(pid::text || $1) limit 1`,
      [String(ended)],
    );
  }
}

/** Takes every connection the server has, and those the workers lose on the way, for so long. */
async function useUpConnections({ databaseUrl, pool }: Stage, ms: number): Promise<void> {
  const taken: pg.Client[] = [];
  const until = Date.now() + ms;
  while (Date.now() < until) {
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', () => {});
    const got = await client.connect().then(
      () => true,
      () => false,
    );
    if (got) taken.push(client);
    else await delay(50);
    // Only a worker that must connect anew notices that there is no connection left.
    if (!got && taken.length % 5 === 0) await pool.query(endOneOfTheWorkers).catch(() => {});
  }
  await Promise.all(taken.map((client) => client.end().catch(() => {})));
}

const endOneOfTheWorkers = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and query ~ 'promotion_' and pid <> pg_backend_pid() limit 1`;

export const postgresFaults: Fault[] = [
  inTheMiddle(
    'PostgreSQL stopped for 10 s',
    async ({ server }) => {
      await server.stop();
      await delay(10_000);
      await server.start();
    },
    { alone: true },
  ),
  inTheMiddle(
    'PostgreSQL killed with -9: the postmaster',
    async ({ server }) => {
      await server.kill();
      await server.start();
    },
    { alone: true },
  ),
  inTheMiddle('PostgreSQL killed with -9: a backend', killBackend, { alone: true }),
  inTheMiddle('all sessions terminated, one by one', endSessionsOneByOne),
  inTheMiddle('connections used up for 8 s', (stage) => useUpConnections(stage, 8_000), { alone: true }),
];
