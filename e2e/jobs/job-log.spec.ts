import { test as base, expect } from 'playwright/test';
import { createClient } from '#lib/clients/create';
import { required } from '#lib/config';
import { connect } from '#lib/db';
import { freePort } from '#lib/server/ports';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { createDatabase } from '#lib/testing/postgres';
import { seedPromotion, seedUser } from '#lib/testing/seed';
import { startProduct } from '../support/product.ts';

// This spec starts a product on its own database, so that the log holds only its own jobs.

const test = base.extend<{ url: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  url: async ({}, use) => use(await createDatabase(required('databaseUrl'), 'e2e_log')),
});

test('the log has one line for each status change of a job and contains no code or secret', async ({ url }, testInfo) => {
  const port = await freePort();
  // Another database is another installation, which needs a storage folder of its own.
  const settings = { DATABASE_URL: url, STORAGE_DIR: testInfo.outputPath('exports') };
  const product = startProduct({ ...settings, PORT: String(port), LOG_LEVEL: 'info' });
  await product.ready();
  const { db, close } = connect(url, 2);
  const { client_id, client_secret } = await createClient(db, await seedUser(db, 'administrator'), { name: 'log', role: 'write' });
  const at = `http://localhost:${port}`;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  const { access_token } = await (await fetch(`${at}/oauth/access_token`, { method: 'POST', body })).json();
  const post = async (path: string, data: unknown = {}) => {
    const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${at}/v2/promotions/${path}`, { method: 'POST', headers, body: JSON.stringify({ data }) });
    return (await answer.json()).data;
  };
  const codes = (number_of_codes: number) => ({ type: 'promotion_job', job_type: 'code_generate', parameters: { number_of_codes } });

  const promotion = await seedPromotion(db, { maxCodes: 1_000_000 });
  const made = await post(`${promotion.id}/jobs`, codes(10));
  await jobIn(db, made.id, 'completed');
  const { code } = await db.promotionCode.findFirstOrThrow({ where: { jobId: made.id } });
  const stopped = await post(`${promotion.id}/jobs`, codes(900_000));
  await jobPast(db, stopped.id, 1);
  await post(`${promotion.id}/jobs/${stopped.id}/cancel`);
  const { runToken } = await jobIn(db, stopped.id, 'cancelled', 30_000);
  await close();
  await product.stop();

  const lines = product.output().split('\n');
  const changes = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const of = (job: string) => changes.filter((line) => line.job === job && line.status);
  // The web process and the worker write to one output, so the order of their lines is not fixed.
  const statuses = (job: string) => of(job).map(({ status }) => status);
  expect(statuses(made.id).sort()).toEqual(['completed', 'pending', 'processing']);
  expect(statuses(stopped.id).sort()).toEqual(['cancelled', 'cancelling', 'pending', 'processing']);
  for (const change of [...of(made.id), ...of(stopped.id)]) expect(change.promotion).toBe(promotion.id);
  for (const { status, run } of of(stopped.id)) expect(run).toBe(status === 'pending' ? undefined : runToken);
  for (const secret of [code, client_secret, access_token, required('appSecret')]) expect(product.output()).not.toContain(secret);
});
