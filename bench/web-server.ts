import { createClient } from '#lib/clients/create';
import { buildWhenNeeded } from '#lib/server/build';
import { password, seedCodes, seedPromotion, seedUser } from '#lib/testing/seed';
import { startWeb, type Web } from '#lib/testing/web';
import type { Context } from './context.ts';

/** Starts the production build with an API rate limit that benchmarks do not reach. */
export async function startWebServer(): Promise<Web> {
  await buildWhenNeeded((line) => console.error(line));
  return startWeb({ API_RATE_LIMIT: '100000' });
}

/** Creates an API client and returns request headers with its token. */
export async function apiHeaders({ db, actor }: Context, address: string): Promise<{ authorization: string }> {
  const credentials = await createClient(db, actor, { name: 'bench', role: 'write' });
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...credentials });
  const { access_token: token } = await (await fetch(`${address}/oauth/access_token`, { method: 'POST', body })).json();
  return { authorization: `Bearer ${token}` };
}

/** Signs in like the sign-in form and returns request headers with the session. */
export async function dashboardHeaders({ db }: Context, address: string): Promise<{ cookie: string }> {
  const { name: email } = await seedUser(db);
  const first = await fetch(`${address}/api/auth/csrf`);
  const { csrfToken } = await first.json();
  const body = new URLSearchParams({ csrfToken, email, password, json: 'true' });
  const headers = { cookie: cookiesOf(first) };
  const second = await fetch(`${address}/api/auth/callback/credentials`, { method: 'POST', body, headers, redirect: 'manual' });
  return { cookie: cookiesOf(second) };
}

function cookiesOf({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Creates a promotion with `jobs` completed jobs and another promotion with `codes` codes. */
export async function createLargeLists({ db }: Context, jobs: number, codes: number): Promise<{ ofJobs: string; ofCodes: string }> {
  const [ofJobs, ofCodes] = [await seedPromotion(db), await seedPromotion(db, { maxCodes: codes })];
  await db.$executeRaw`
    insert into promotion_jobs (promotion_id, job_type, status, name, number_of_codes, generated, consume_unit, max_uses_per_code,
      code_length, code_prefix, created_by, created_at, started_at, finished_at, updated_at)
    select ${ofJobs.id}::uuid, 'code_generate', 'completed', 'Newsletter ' || i, 100, 100, 'per_cart', 1, 8, 'news', 'bench@example.com',
      at, at, at, at
    from generate_series(1, ${jobs}) as i, lateral (select now() - i * interval '1 second' as at) as moment`;
  await seedCodes(db, ofCodes, codes, 'bench');
  await db.$executeRaw`vacuum analyze promotion_jobs, promotion_codes`;
  return { ofJobs: ofJobs.id, ofCodes: ofCodes.id };
}
