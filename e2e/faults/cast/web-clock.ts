import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { apiJob } from '#lib/jobs/serialize';
import { wrongTimes } from '#lib/testing/clock';
import { eventually } from '#lib/testing/eventually';
import { makePerson, password } from '#lib/testing/seed';
import { anExport, cancelOf, codes, jobsOf } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import { preload } from '../preload.ts';
import type { Stage } from '../stage.ts';
import { secondsUntil } from '../watch.ts';

/** A web process whose clock is wrong: what it hands out is good elsewhere, and what was handed out elsewhere is good with it. */
function wrongClock(words: string, hours: number): Fault {
  return {
    name: `the web's clock an hour ${words}`,
    withinSeconds: 60,
    rounds: 2,
    async play(stage) {
      await stage.worker();
      const { name: email } = await makePerson(stage.db);
      const promotionId = await stage.promotion();
      const before = await exercise(stage, promotionId, email);
      const headers = { 'idempotency-key': randomUUID() };
      const asked = await stage.api.ask(jobsOf(await stage.promotion()), { body: codes(10), headers });
      await stage.anotherWeb({ ...preload('wrong-clock'), CLOCK_HOURS: String(hours) });
      await mustBeGood(stage, before);
      let during = before;
      const seconds = await secondsUntil(
        exercise(stage, promotionId, email).then((grants) => {
          during = grants;
        }),
      );
      await mustBeGood(stage, during);
      const { data } = z.object({ data: apiJob }).parse(JSON.parse(asked.text));
      const again = await stage.api.ask(jobsOf(data.promotion_id), { body: codes(10), headers });
      promise(again.text === asked.text, `the same Idempotency-Key was answered ${again.status}: ${again.text}`);
      await stage.anotherWeb();
      await mustBeGood(stage, during);
      // The client is as old as the ground that all stages are copies of.
      const wrong = await wrongTimes(stage.pool, ['clients.created_at', 'client_secrets.created_at', 'installation.jobs_swept_at']);
      promise(wrong.length === 0, `these times are not the database's: ${wrong.join(', ')}`);
      return [seconds];
    },
  };
}

/** What a web process hands out: the cookies of a session, a token, and a link to a file. */
type Grants = { cookies: string; token: string; link: string };

/** Generates, cancels, exports and downloads codes, and signs in, all over HTTP. */
async function exercise(stage: Stage, promotionId: string, email: string): Promise<Grants> {
  const { address } = await stage.web();
  await ended(stage, promotionId, await stage.api.create(promotionId, codes(100)), 'completed');
  const cancelled = await stage.api.create(promotionId, codes(400_000));
  promise((await stage.api.ask(cancelOf(promotionId, cancelled), { body: {} })).status === 200, 'the job could not be cancelled');
  await ended(stage, promotionId, cancelled, 'cancelled');
  const exported = await stage.api.create(promotionId, anExport);
  await ended(stage, promotionId, exported, 'completed');
  const { text } = await stage.api.ask(`${jobsOf(promotionId)}/${exported}/file`);
  const { pathname, search } = new URL(z.object({ href: z.url() }).parse(JSON.parse(text)).href);
  const { access_token: token, expires } = await stage.api.newToken();
  promise(Math.abs(expires * 1000 - 3_600_000 - Date.now()) < 600_000, `a token of now is said to end at ${expires}`);
  return { cookies: await signIn(address, email), token, link: `${pathname}${search}` };
}

/** Polls the job, as a client does, until it has ended; its times are those of now. */
async function ended({ api }: Stage, promotionId: string, jobId: string, status: string): Promise<void> {
  const job = await eventually(
    `the job ${status}`,
    async () => {
      const { data } = z.object({ data: apiJob }).parse(JSON.parse((await api.ask(`${jobsOf(promotionId)}/${jobId}`)).text));
      return data.status === status ? data : null;
    },
    60_000,
  );
  const off = Math.abs(Date.parse(job.meta.timestamps.created_at) - Date.now());
  promise(off < 600_000, `a job of now says that it is of ${job.meta.timestamps.created_at}`);
}

/** Signs in as the form does, and returns the cookies. */
async function signIn(address: string, email: string): Promise<string> {
  const csrf = await fetch(`${address}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  const body = new URLSearchParams({ csrfToken, email, password, json: 'true' });
  const headers = { cookie: cookiesOf(csrf) };
  const answer = await fetch(`${address}/api/auth/callback/credentials`, { method: 'POST', headers, body, redirect: 'manual' });
  promise(answer.ok, `signing in was answered ${answer.status}`);
  return cookiesOf(answer);
}

const cookiesOf = ({ headers }: Response) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** A page, a list of the API and a file are there for whoever was granted them. */
async function mustBeGood(stage: Stage, { cookies, token, link }: Grants): Promise<void> {
  const { address } = await stage.web();
  const page = await fetch(`${address}/promotions`, { headers: { cookie: cookies }, redirect: 'manual' });
  promise(page.status === 200, `a page was answered ${page.status} for a session`);
  const list = await fetch(`${address}/v2/promotions`, { headers: { authorization: `Bearer ${token}` } });
  promise(list.status === 200, `the API was answered ${list.status} for a token`);
  const file = await fetch(`${address}${link}`);
  promise(file.status === 200 && (await file.text()).split('\r\n').length > 100, `a link was answered ${file.status}`);
}

export const webClockFaults: Fault[] = [wrongClock('ahead', 1), wrongClock('behind', -1)];
