import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { eventually } from '#lib/testing/eventually';
import { jobPast } from '#lib/testing/jobs';
import { generateJob } from '../api.ts';
import { apiRecovered, callApiDuring, progressed, secondsUntil } from '../conditions.ts';
import { type Environment, webSessions } from '../environment.ts';
import type { Scenario } from '../scenario.ts';

const manyCodes = 400_000;

type DatabaseFault = { name: string; fault: (environment: Environment) => Promise<void>; alone?: true; unavailable?: true };

/**
 * Calls `fault` while two workers run two jobs. Both workers continue without a restart. The web process answers every call.
 * With `unavailable`, at least one answer must be that the database is unavailable.
 */
function duringTwoJobs({ name, fault, alone, unavailable }: DatabaseFault): Scenario {
  return {
    name,
    withinSeconds: 5,
    rounds: 1,
    alone,
    async run(environment) {
      const workers = [await environment.worker({ WORKER_CONCURRENCY: '1' }), await environment.worker({ WORKER_CONCURRENCY: '1' })];
      const promotions = [await environment.promotion(), await environment.promotion()] as const;
      const jobs = await Promise.all(
        promotions.map((promotionId) => environment.api.create(promotionId, generateJob(environment.size(manyCodes)))),
      );
      for (const job of jobs) await jobPast(environment.db, job, 1, 60_000);
      await delay(environment.random.below(500));
      const unavailableAnswers = await callApiDuring(environment, promotions[0], fault(environment));
      const seconds = await Promise.all([
        secondsUntil(progressed(environment, jobs)),
        secondsUntil(apiRecovered(environment, promotions[0])),
      ]);
      assert(!unavailable || unavailableAnswers > 0, 'the web process never answered that the database is unavailable');
      const web = await environment.web();
      assert(web.process.exitCode === null && web.process.signalCode === null, 'the web process exited');
      await environment.settle();
      for (const { process } of workers) assert(process.exitCode === 0, 'a worker exited early');
      const dead = await environment.db.promotionJob.count({ where: { crashes: { gt: 0 } } });
      assert(dead === 0, `${dead} jobs count a crash; expected none`);
      return seconds;
    },
  };
}

async function killBackend({ pool, random }: Environment): Promise<void> {
  const { rows } = await pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() order by pid`,
  );
  const victim = rows[random.below(rows.length)];
  // PostgreSQL then terminates all sessions and recovers from its log.
  const ended = pool.query('select pg_sleep(60)').catch(() => {});
  if (victim) process.kill(victim.pid, 'SIGKILL');
  await ended;
  await answering(pool);
}

/** Waits for the recovery of PostgreSQL, which does not count as recovery of the product. */
function answering(pool: pg.Pool): Promise<unknown> {
  return eventually('an answer of the database', () => pool.query('select').catch(() => null), 180_000);
}

async function terminateSessions({ pool, random }: Environment): Promise<void> {
  for (let ended = 0; ended < 60; ended += 1) {
    await delay(random.below(150));
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() order by md5(pid::text || $1) limit 1`,
      [String(ended)],
    );
  }
}

/** Occupies every free connection of the server for `ms`, and the connections that the product's processes lose in that time. */
async function exhaustConnections({ databaseUrl, pool, random }: Environment, ms: number): Promise<void> {
  const occupied: pg.Client[] = [];
  const until = Date.now() + ms;
  while (Date.now() < until) {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: occupier });
    client.on('error', () => {});
    const connected = await client.connect().then(
      () => true,
      () => false,
    );
    if (connected) occupied.push(client);
    else await delay(50);
    // A process meets the limit only when it reconnects, so its sessions are terminated.
    if (!connected && random.below(4) === 0) await pool.query(terminateProductSessions).catch(() => {});
  }
  await Promise.all(occupied.map((client) => client.end().catch(() => {})));
}

const occupier = 'occupier';
const terminateProductSessions = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name <> '${occupier}' and pid <> pg_backend_pid()
    and (application_name = '${webSessions}' or query ~ 'promotion_')`;

async function stopFor10Seconds({ server, pool }: Environment): Promise<void> {
  await server.stop();
  await delay(10_000);
  await server.start();
  await answering(pool);
}

async function killPostmaster({ server, pool }: Environment): Promise<void> {
  await server.kill();
  await server.start();
  await answering(pool);
}

export const postgresScenarios: Scenario[] = [
  duringTwoJobs({ name: 'PostgreSQL stopped for 10 s', fault: stopFor10Seconds, alone: true, unavailable: true }),
  duringTwoJobs({ name: 'PostgreSQL postmaster killed', fault: killPostmaster, alone: true, unavailable: true }),
  duringTwoJobs({ name: 'PostgreSQL backend killed', fault: killBackend, alone: true }),
  duringTwoJobs({ name: 'database sessions terminated one by one', fault: terminateSessions }),
  duringTwoJobs({
    name: 'all database connections in use for 8 s',
    fault: (environment) => exhaustConnections(environment, 8_000),
    alone: true,
    unavailable: true,
  }),
];
