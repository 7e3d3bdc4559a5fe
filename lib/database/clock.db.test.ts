import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '#lib/clients/create';
import { listClients } from '#lib/clients/query';
import { revokeClient } from '#lib/clients/revoke';
import { createClientInput } from '#lib/clients/schema';
import { addCodes } from '#lib/codes/add';
import { lookUpCodes } from '#lib/codes/query';
import { addCodesInput, lookUpInput } from '#lib/codes/schema';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { createPromotion } from '#lib/promotions/creation/create';
import { suggestPromotion } from '#lib/promotions/creation/suggest.sql';
import { getPromotion, listPromotions } from '#lib/promotions/query';
import { promotionListInput } from '#lib/promotions/schema';
import { updatePromotion } from '#lib/promotions/update';
import { callApi, seedClient } from '#lib/testing/api';
import { wrongTimes } from '#lib/testing/clock';
import { actor, administrator, db, pool } from '#lib/testing/database';
import { seedUser } from '#lib/testing/seed';
import { setUserEnabled } from '#lib/users/roles';
import { openSession } from '#lib/users/sign-in/session';

// These tests change the clock of the process. The clock of the database is right.

const hour = 3_600_000;
const realNow = Date.now();
const fromNow = (minutes: number) => new Date(realNow + minutes * 60_000);

const promotion = (from: number, to: number) =>
  createPromotion(db, actor, {
    name: 'Clock test',
    description: '',
    enabled: true,
    automatic: false,
    promotion_type: 'percent_discount',
    schema: { currencies: [{ percentage: '10', currency: 'USD' }] },
    start: fromNow(from),
    end: fromNow(to),
  });

afterEach(() => vi.useRealTimers());

describe.each([
  ['ahead', hour],
  ['behind', -hour],
])('with the process clock an hour %s', (_, offMs) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs });
  });

  test('all verbs store the time of the database clock', async () => {
    const { token } = await seedClient(db);
    const { client_id } = await createClient(db, administrator, createClientInput.parse({ name: `Script ${offMs}` }));
    await revokeClient(db, administrator, { client_id });
    const running = await promotion(-60, 600);
    await updatePromotion(db, actor, { promotionId: running.id, name: 'Another name' });
    await addCodes(db, actor, running.id, addCodesInput.parse({ codes: [{ code: `clock${offMs}` }] }));
    const { id: jobId } = await createJob(db, actor, running.id, { job_type: 'code_export' });
    await cancelJob(db, actor, { promotionId: running.id, jobId });
    await callApi(`/v2/promotions/${running.id}/jobs`, {
      method: 'POST',
      token,
      headers: { 'idempotency-key': `clock${offMs}` },
      body: { data: { job_type: 'code_export' } },
    });
    await seedUser(db, 'administrator');
    const person = await seedUser(db);
    await openSession(db, person.id);
    await setUserEnabled(db, administrator, { userId: person.id, on: false });
    expect(await wrongTimes(pool)).toEqual([]);
  });

  test('the status of a promotion depends on the database clock', async () => {
    const names = { ended: await promotion(-90, -30), running: await promotion(-30, 30), scheduled: await promotion(30, 90) };
    const { promotions } = await listPromotions(db, promotionListInput.parse({}));
    for (const [status, { id }] of Object.entries(names)) {
      expect(promotions.find((row) => row.id === id)?.status).toBe(status);
      expect(await getPromotion(db, id)).toMatchObject({ status });
    }
    const code = `status${offMs}`;
    await addCodes(db, actor, names.running.id, addCodesInput.parse({ codes: [{ code }] }));
    expect(await lookUpCodes(db, actor, lookUpInput.parse({ text: code }))).toMatchObject([{ promotion: { status: 'running' } }]);
    const { start } = await suggestPromotion(db);
    expect(Math.abs(Date.parse(start) - realNow)).toBeLessThan(2 * 60_000);
  });

  test('a client and a token expire by the database clock', async () => {
    const { token, name } = await seedClient(db);
    await pool.query(`update clients set expires_at = now() + interval '30 minutes' where name = $1`, [name]);
    expect((await listClients(db)).find((client) => client.name === name)?.state).toBe('active');
    expect((await callApi('/v2/promotions', { token })).status).toBe(200);
    const { client_id } = await createClient(db, administrator, createClientInput.parse({ name: `${name} 2`, expires_in_days: 1 }));
    const { expiresAt } = await db.client.findUniqueOrThrow({ where: { id: client_id } });
    expect(Math.abs(Number(expiresAt) - realNow - 24 * hour)).toBeLessThan(10 * 60_000);
  });
});
