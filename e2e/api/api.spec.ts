import { parse } from 'csv-parse/sync';
import { eventually } from '#lib/testing/eventually';
import { type Client, expect, runClientCommand, test } from '../support/api-client.ts';

// A client of the Elastic Path promotions API works with Promint unchanged.

const day = 86_400_000;
const date = (days: number) => new Date(Date.now() + days * day).toISOString();

function createPromotion(client: Client, given: object = {}) {
  return client.Promotions.Create({
    ...{ type: 'promotion', name: `Contract ${crypto.randomUUID().slice(0, 8)}`, description: 'Off', enabled: true },
    ...{ promotion_type: 'fixed_discount', schema: { currencies: [{ amount: 1000, currency: 'USD' }] } },
    ...{ start: date(0), end: date(90) },
    ...given,
  });
}

const generate = (number_of_codes: number, more: object = {}) =>
  ({ type: 'promotion_job', job_type: 'code_generate', parameters: { number_of_codes, code_length: 8, ...more } }) as const;
const exportCodes = { type: 'promotion_job', job_type: 'code_export' } as const;

/** Returns the errors that the client throws. Rejects when the call succeeds. */
async function refusal(call: Promise<unknown>): Promise<{ errors: { status: string; title: string; detail?: string; source?: string }[] }> {
  return call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (reason) => reason,
  );
}

async function jobEnded(client: Client, promotionId: string, jobId: string) {
  return eventually('the job to end', async () => {
    const { data } = await client.Promotions.PromotionJobs(promotionId);
    const job = data.find(({ id }) => id === jobId);
    return job && !['pending', 'processing', 'cancelling'].includes(job.status) ? job : null;
  });
}

test('the API creates, lists, returns, updates and deletes promotions', async ({ client }) => {
  const { data: created } = await createPromotion(client, {
    min_cart_value: [{ amount: 5000, currency: 'USD' }],
    max_applications_per_cart: 2,
  });
  expect(created).toMatchObject({ type: 'promotion', enabled: true, automatic: false, max_applications_per_cart: 2 });
  const { data: found } = await client.Promotions.Get(created.id);
  expect(found).toEqual(created);
  const { data: page, meta } = await client.Promotions.Limit(1).Offset(0).All();
  expect([page.length, meta.page.limit, meta.results.total > 0]).toEqual([1, 1, true]);
  const { data: changed } = await client.Promotions.Update(created.id, { id: created.id, name: 'Changed', enabled: false });
  expect(changed).toMatchObject({ name: 'Changed', enabled: false, schema: created.schema });
  const { data: versions } = await client.Promotions.History(created.id);
  expect(versions.map(({ name }) => name)).toEqual(['Changed', created.name]);
  await client.Promotions.Delete(created.id);
  expect((await refusal(client.Promotions.Get(created.id))).errors).toEqual([
    { status: '404', title: 'Not Found', detail: 'promotion not found' },
  ]);
});

test('the API adds, lists, filters and deletes codes', async ({ client }) => {
  const { data: promotion } = await createPromotion(client);
  const own = crypto.randomUUID().slice(0, 8);
  const codes = ['a', 'b', 'c', 'd'].map((letter) => ({ code: `${own}-${letter}`, uses: 5, consume_unit: 'per_item' as const }));
  const { data: answered } = await client.Promotions.AddCodes(promotion.id, codes);
  expect(answered).toMatchObject({ id: promotion.id });
  const { data: listed } = await client.Promotions.Codes(promotion.id);
  expect(listed.map(({ code, uses, max_uses, consume_unit }) => ({ code, uses, max_uses, consume_unit }))).toEqual(
    codes.map((code) => ({ ...code, max_uses: 5 })),
  );
  const { data: one } = await client.Promotions.Filter({ eq: { code: `${own.toUpperCase()}-B` } }).Codes(promotion.id);
  expect(one.map(({ code }) => code)).toEqual([`${own}-b`]);
  const { data: owners } = await client.Promotions.Filter({ eq: { code: `${own}-b` } }).All();
  expect(owners.map(({ id }) => id)).toEqual([promotion.id]);
  await client.Promotions.DeleteCode(promotion.id, `${own}-a`);
  await client.request.send(`promotions/${promotion.id}/codes`, 'DELETE', {
    type: 'promotion_codes',
    codes: [{ code: `${own}-b` }, { code: `${own}-c` }],
  });
  expect((await client.Promotions.Codes(promotion.id)).data.map(({ code }) => code)).toEqual([`${own}-d`]);
});

test('a job generates codes, and an export job provides a file whose link needs no token', async ({ client }) => {
  const { data: promotion } = await createPromotion(client);
  const { data: job } = await client.Promotions.AddCodesJob(promotion.id, {
    ...generate(30, { code_length: 10, code_prefix: 'promo-', max_uses_per_code: 1 }),
    name: 'Newsletter',
  });
  expect(job).toMatchObject({ type: 'promotion_job', promotion_id: promotion.id, name: 'Newsletter', status: 'pending' });
  expect(await jobEnded(client, promotion.id, job.id)).toMatchObject({ status: 'completed', result: { generated: 30 } });

  client.Promotions.Limit(20);
  const { data: first, links, meta } = await client.Promotions.Codes(promotion.id);
  expect([first.length, meta.page.total, links.prev]).toEqual([20, 2, null]);
  client.Promotions.Limit(20).Offset(20);
  const { data: second } = await client.Promotions.Codes(promotion.id);
  const codes = [...first, ...second].map(({ code }) => code);
  expect(new Set(codes).size).toBe(30);
  for (const code of codes) expect(code).toMatch(/^promo-[2-9b-z]{4}-[2-9b-z]{4}-[2-9b-z]{2}$/);

  const { data: exporting } = await client.Promotions.AddCodesJob(promotion.id, exportCodes);
  expect(exporting).not.toHaveProperty('parameters');
  await jobEnded(client, promotion.id, exporting.id);
  const { href } = await client.Promotions.GetCodeExportFile(promotion.id, exporting.id);
  const file = await fetch(href);
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  const rows: { code: string }[] = parse(await file.text(), { columns: true });
  expect(rows.map(({ code }) => code)).toEqual(codes);
});

test('the API filters jobs by type and status and pages them', async ({ client }) => {
  const { data: promotion } = await createPromotion(client);
  const ids: string[] = [];
  for (const job of [generate(1), exportCodes, exportCodes]) {
    const { data } = await client.Promotions.AddCodesJob(promotion.id, job);
    ids.unshift(data.id);
    await jobEnded(client, promotion.id, data.id);
  }
  const list = async (eq?: { job_type?: string; status?: string }, limit = 25) => {
    client.Promotions.Filter(eq ? { eq } : {}).Limit(limit);
    const { data } = await client.Promotions.PromotionJobs(promotion.id);
    return data.map(({ id }) => id);
  };
  expect(await list()).toEqual(ids);
  expect(await list({ job_type: 'code_export' })).toEqual(ids.slice(0, 2));
  expect(await list({ job_type: 'code_generate', status: 'complete' })).toEqual(ids.slice(2));
  expect(await list({ status: 'failed' })).toEqual([]);
  expect(await list(undefined, 1)).toEqual(ids.slice(0, 1));
});

test('cancelling a running job removes its codes', async ({ client, db }) => {
  const { data: promotion } = await createPromotion(client);
  await db.promotion.update({ where: { id: promotion.id }, data: { maxCodes: 5_000_000 } });
  const { data: job } = await client.Promotions.AddCodesJob(promotion.id, generate(5_000_000));
  const cancel = () => client.request.send(`promotions/${promotion.id}/jobs/${job.id}/cancel`, 'POST');
  expect((await cancel()).data.status).toMatch(/^cancell(ing|ed)$/);
  expect(await jobEnded(client, promotion.id, job.id)).toMatchObject({ status: 'cancelled' });
  expect((await client.Promotions.Codes(promotion.id)).data).toEqual([]);
  const detail = 'Only pending or processing jobs can be cancelled';
  expect((await refusal(cancel())).errors).toEqual([{ status: '422', title: 'Unprocessable Entity', detail }]);
});

test('the API returns the error texts of Elastic Path for refused calls', async ({ client, db }) => {
  const [{ data: promotion }, { data: automatic }, { data: long }] = [
    await createPromotion(client),
    await createPromotion(client, { automatic: true }),
    await createPromotion(client, { end: date(400) }),
  ];
  await db.promotion.updateMany({ where: { id: { in: [long.id] } }, data: { maxCodes: 5000 } });
  await db.promotion.update({ where: { id: promotion.id }, data: { maxCodes: 2_000_000 } });
  const jobs = (id: string, body: Parameters<typeof client.Promotions.AddCodesJob>[1]) => refusal(client.Promotions.AddCodesJob(id, body));

  expect((await jobs(promotion.id, generate(2_000_001))).errors).toEqual([
    {
      ...{ status: '400', title: 'Too many promotion codes', source: 'data.parameters.number_of_codes' },
      detail: 'Only 2000000 promotion codes are allowed per promotion',
    },
  ]);
  const noCodes = [{ status: '422', title: 'No codes allowed', detail: 'Cannot add codes to an automatic promotion' }];
  expect((await jobs(automatic.id, generate(1))).errors).toEqual(noCodes);
  expect((await refusal(client.Promotions.AddCodes(automatic.id, [{ code: 'anything' }]))).errors).toEqual(noCodes);
  expect((await jobs(long.id, generate(1001))).errors).toEqual([
    {
      ...{ status: '422', title: 'Unprocessable Entity', source: 'data.parameters.number_of_codes' },
      detail: expect.stringMatching(/must end within 365 days of its start.*\d{4}-\d{2}-\d{2}/),
    },
  ]);
  const unknown = [{ status: '404', title: 'Not Found', detail: 'promotion not found' }];
  expect((await jobs(crypto.randomUUID(), generate(1))).errors).toEqual(unknown);

  const { data: running } = await client.Promotions.AddCodesJob(promotion.id, generate(2_000_000));
  const tooMany = [{ status: '400', title: 'Too many jobs', detail: 'Only 1 pending or processing job is allowed per promotion.' }];
  expect((await jobs(promotion.id, generate(1))).errors).toEqual(tooMany);
  const { errors } = await refusal(client.Promotions.GetCodeExportFile(promotion.id, running.id));
  expect(errors).toEqual([
    {
      ...{ status: '422', title: 'Unprocessable Entity' },
      detail: expect.stringMatching(/^Job has no file to download\. Job status: (pending|processing|cancelling)$/),
    },
  ]);
  await client.request.send(`promotions/${promotion.id}/jobs/${running.id}/cancel`, 'POST');
});

test('fifty concurrent creates give one job and 49 errors', async ({ client, db }) => {
  const { data: promotion } = await createPromotion(client);
  await db.promotion.update({ where: { id: promotion.id }, data: { maxCodes: 5_000_000 } });
  const create = () => client.Promotions.AddCodesJob(promotion.id, generate(5_000_000));
  const answers = await Promise.allSettled(Array.from({ length: 50 }, create));
  const created = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.data] : []));
  expect(created).toHaveLength(1);
  const detail = 'Only 1 pending or processing job is allowed per promotion.';
  for (const { errors } of answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : [])))
    expect(errors).toEqual([{ status: '400', title: 'Too many jobs', detail }]);
  await client.request.send(`promotions/${promotion.id}/jobs/${created[0]?.id}/cancel`, 'POST');
});

test('the API refuses a client with a wrong secret and a revoked client', async ({ client, connectAs, credentials }) => {
  const stranger = connectAs({ ...credentials, client_secret: 'wrong' });
  expect(await refusal(stranger.Promotions.All())).toMatchObject({ error: 'invalid_client' });

  const created = await runClientCommand('create', '--name', `short-lived ${crypto.randomUUID()}`);
  const reader = connectAs(created);
  await reader.Promotions.All();
  expect((await refusal(createPromotion(reader))).errors).toMatchObject([{ status: '403', title: 'Forbidden' }]);
  expect(await runClientCommand('list')).toContainEqual(
    expect.objectContaining({ client_id: created.client_id, role: 'read', state: 'active' }),
  );
  await runClientCommand('revoke', created.client_id);
  expect((await refusal(reader.Promotions.All())).errors).toEqual([{ status: '401', title: 'Unauthorized' }]);
  await client.Promotions.All();
});
