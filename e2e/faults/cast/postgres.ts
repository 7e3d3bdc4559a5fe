import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { eventually } from '#lib/testing/eventually';
import { jobPast } from '#lib/testing/jobs';
import { codes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import { type Stage, webSessions } from '../stage.ts';
import { answersAgain, askMeanwhile, moving, secondsUntil } from '../watch.ts';

const manyCodes = 400_000;

type Play = { name: string; fault: (stage: Stage) => Promise<void>; alone?: true; away?: true };

/**
 * Two workers in the middle of two jobs; then `fault`, after which both must go on in the same processes. The web must
 * answer all the time, and say that the database is away when it is (`away`).
 */
function inTheMiddle({ name, fault, alone, away }: Play): Fault {
  return {
    name,
    withinSeconds: 5,
    rounds: 1,
    alone,
    async play(stage) {
      const workers = [await stage.worker({ WORKER_CONCURRENCY: '1' }), await stage.worker({ WORKER_CONCURRENCY: '1' })];
      const promotions = [await stage.promotion(), await stage.promotion()] as const;
      const jobs = await Promise.all(promotions.map((promotionId) => stage.api.create(promotionId, codes(stage.size(manyCodes)))));
      for (const job of jobs) await jobPast(stage.db, job, 1, 60_000);
      await delay(stage.random.below(500));
      const saidAway = await askMeanwhile(stage, promotions[0], fault(stage));
      const seconds = await Promise.all([secondsUntil(moving(stage, jobs)), secondsUntil(answersAgain(stage, promotions[0]))]);
      promise(!away || saidAway > 0, 'the web never said that the database is away');
      const web = await stage.web();
      promise(web.process.exitCode === null && web.process.signalCode === null, 'the web ended by itself');
      await stage.settle();
      for (const { process } of workers) promise(process.exitCode === 0, 'a worker ended by itself');
      const dead = await stage.db.promotionJob.count({ where: { crashes: { gt: 0 } } });
      promise(dead === 0, `${dead} jobs count a worker as dead, and none died`);
      return seconds;
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

/** Takes every connection the server has, and those that workers and web lose on the way, for so long. */
async function useUpConnections({ databaseUrl, pool, random }: Stage, ms: number): Promise<void> {
  const taken: pg.Client[] = [];
  const until = Date.now() + ms;
  while (Date.now() < until) {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: hoarder });
    client.on('error', () => {});
    const got = await client.connect().then(
      () => true,
      () => false,
    );
    if (got) taken.push(client);
    else await delay(50);
    // Only who must connect anew notices that there is no connection left.
    if (!got && random.below(4) === 0) await pool.query(endSessions).catch(() => {});
  }
  await Promise.all(taken.map((client) => client.end().catch(() => {})));
}

const hoarder = 'hoarder';
const endSessions = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name <> '${hoarder}' and pid <> pg_backend_pid()
    and (application_name = '${webSessions}' or query ~ 'promotion_')`;

async function stopFor10Seconds({ server }: Stage): Promise<void> {
  await server.stop();
  await delay(10_000);
  await server.start();
}

async function killPostmaster({ server }: Stage): Promise<void> {
  await server.kill();
  await server.start();
}

export const postgresFaults: Fault[] = [
  inTheMiddle({ name: 'PostgreSQL stopped for 10 s', fault: stopFor10Seconds, alone: true, away: true }),
  inTheMiddle({ name: 'PostgreSQL killed with -9: the postmaster', fault: killPostmaster, alone: true, away: true }),
  inTheMiddle({ name: 'PostgreSQL killed with -9: a backend', fault: killBackend, alone: true }),
  inTheMiddle({ name: 'all sessions terminated, one by one', fault: endSessionsOneByOne }),
  inTheMiddle({ name: 'connections used up for 8 s', fault: (stage) => useUpConnections(stage, 8_000), alone: true, away: true }),
];
