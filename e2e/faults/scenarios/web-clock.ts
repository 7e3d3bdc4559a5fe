import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { apiJob } from '#lib/jobs/serialize';
import { wrongTimes } from '#lib/testing/clock';
import { eventually } from '#lib/testing/eventually';
import { password, seedUser } from '#lib/testing/seed';
import { cancelPath, exportJob, generateJob, jobsPath } from '../api.ts';
import { secondsUntil } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import { preload } from '../preload.ts';
import type { Scenario } from '../scenario.ts';

/** A web process with a wrong clock accepts the sessions, tokens and links of a process with a correct clock, and vice versa. */
function wrongClock(direction: string, hours: number): Scenario {
  return {
    name: `web process whose clock is one hour ${direction}`,
    withinSeconds: 60,
    rounds: 2,
    async run(environment) {
      await environment.worker();
      const { name: email } = await seedUser(environment.db);
      const promotionId = await environment.promotion();
      const before = await exercise(environment, promotionId, email);
      const headers = { 'idempotency-key': randomUUID() };
      const answer = await environment.api.call(jobsPath(await environment.promotion()), { body: generateJob(10), headers });
      await environment.restartWeb({ ...preload('wrong-clock'), CLOCK_HOURS: String(hours) });
      await assertGrantsWork(environment, before);
      let during = before;
      const seconds = await secondsUntil(
        exercise(environment, promotionId, email).then((grants) => {
          during = grants;
        }),
      );
      await assertGrantsWork(environment, during);
      const { data } = z.object({ data: apiJob }).parse(JSON.parse(answer.text));
      const again = await environment.api.call(jobsPath(data.promotion_id), { body: generateJob(10), headers });
      assert(again.text === answer.text, `a repeated Idempotency-Key was answered ${again.status}: ${again.text}`);
      await environment.restartWeb();
      await assertGrantsWork(environment, during);
      // The template database, and the client in it, is older than the round.
      const wrong = await wrongTimes(environment.pool, ['clients.created_at', 'client_secrets.created_at', 'installation.jobs_swept_at']);
      assert(wrong.length === 0, `these times do not come from the database's clock: ${wrong.join(', ')}`);
      return [seconds];
    },
  };
}

/** The credentials that a web process issues: the cookies of a session, an access token, and a download link. */
type Grants = { cookies: string; token: string; link: string };

/** Generates, cancels and exports codes over HTTP, signs in, and returns the issued credentials. */
async function exercise(environment: Environment, promotionId: string, email: string): Promise<Grants> {
  const { address } = await environment.web();
  await ended(environment, promotionId, await environment.api.create(promotionId, generateJob(100)), 'completed');
  const cancelled = await environment.api.create(promotionId, generateJob(400_000));
  assert((await environment.api.call(cancelPath(promotionId, cancelled), { body: {} })).status === 200, 'the job could not be cancelled');
  await ended(environment, promotionId, cancelled, 'cancelled');
  const exported = await environment.api.create(promotionId, exportJob);
  await ended(environment, promotionId, exported, 'completed');
  const { text } = await environment.api.call(`${jobsPath(promotionId)}/${exported}/file`);
  const { pathname, search } = new URL(z.object({ href: z.url() }).parse(JSON.parse(text)).href);
  const { access_token: token, expires } = await environment.api.newToken();
  assert(Math.abs(expires * 1000 - 3_600_000 - Date.now()) < 600_000, `a new token expires at ${expires}, not in one hour`);
  return { cookies: await signIn(address, email), token, link: `${pathname}${search}` };
}

/** Polls the job like a client until it has `status`. Checks that its creation time is close to now. */
async function ended({ api }: Environment, promotionId: string, jobId: string, status: string): Promise<void> {
  const job = await eventually(
    `the job ${status}`,
    async () => {
      const { data } = z.object({ data: apiJob }).parse(JSON.parse((await api.call(`${jobsPath(promotionId)}/${jobId}`)).text));
      return data.status === status ? data : null;
    },
    60_000,
  );
  const offset = Math.abs(Date.parse(job.meta.timestamps.created_at) - Date.now());
  assert(offset < 600_000, `a new job has the creation time ${job.meta.timestamps.created_at}`);
}

/** Signs in like the form and returns the session cookies. */
async function signIn(address: string, email: string): Promise<string> {
  const csrf = await fetch(`${address}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  const body = new URLSearchParams({ csrfToken, email, password, json: 'true' });
  const headers = { cookie: cookiesOf(csrf) };
  const answer = await fetch(`${address}/api/auth/callback/credentials`, { method: 'POST', headers, body, redirect: 'manual' });
  assert(answer.ok, `the sign-in answered ${answer.status}`);
  return cookiesOf(answer);
}

const cookiesOf = ({ headers }: Response) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** Checks that the credentials open a page, an API list and a file. */
async function assertGrantsWork(environment: Environment, { cookies, token, link }: Grants): Promise<void> {
  const { address } = await environment.web();
  const page = await fetch(`${address}/promotions`, { headers: { cookie: cookies }, redirect: 'manual' });
  assert(page.status === 200, `the page answered ${page.status} for a valid session`);
  const list = await fetch(`${address}/v2/promotions`, { headers: { authorization: `Bearer ${token}` } });
  assert(list.status === 200, `the API answered ${list.status} for a valid token`);
  const file = await fetch(`${address}${link}`);
  assert(file.status === 200 && (await file.text()).split('\r\n').length > 100, `the download answered ${file.status} for a valid link`);
}

export const webClockScenarios: Scenario[] = [wrongClock('ahead', 1), wrongClock('behind', -1)];
