import type { Page, Request } from 'playwright/test';
import { seedPromotion, seedUser } from '#lib/testing/seed';
import { openSession } from '#lib/users/sign-in/session';
import { cookieOf, expect, test } from '../support/test.ts';

/** Returns the request that the job form sends, and stops it before it reaches the server. */
async function captureJobRequest(page: Page, promotionId: string): Promise<Request> {
  await page.goto(`/promotions/${promotionId}`);
  await page.getByLabel('Number of codes').fill('10');
  const sent = page.waitForRequest((request) => request.postData()?.includes('number_of_codes') ?? false);
  await page.route('**/*', (route) => (route.request().postData()?.includes('number_of_codes') ? route.abort() : route.fallback()));
  await page.getByRole('button', { name: 'Generate 10 codes' }).click();
  return sent;
}

test('the server runs an action only for a signed-in user with the permission and from its own origin', async ({
  page,
  request,
  db,
  address,
  user,
  expectError,
}) => {
  expectError(/ERR_FAILED/);
  const { id } = await seedPromotion(db);
  const original = await captureJobRequest(page, id);
  const { 'next-action': action = '', 'content-type': type = '' } = original.headers();
  const body = original.postData() ?? '';
  const viewer = await seedUser(db, 'viewer');
  const disabled = await seedUser(db);
  const own = { cookie: await cookieOf(await openSession(db, user.id)), origin: address };
  const replay = (headers: Record<string, string>, data = body) =>
    request.post(original.url(), {
      headers: { 'next-action': action, 'content-type': type, accept: 'text/x-component', ...headers },
      data,
    });

  const unchanged = await seedUser(db);
  const unchangedCookie = await cookieOf(await openSession(db, unchanged.id));
  await db.user.update({ where: { id: unchanged.id }, data: { mustChangePassword: true } });
  const disabledCookie = await cookieOf(await openSession(db, disabled.id));
  await db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
  for (const [sender, headers] of [
    ['another origin', { cookie: own.cookie, origin: 'https://evil.example' }],
    ['the origin null', { cookie: own.cookie, origin: 'null' }],
    ['no origin', { cookie: own.cookie }],
    ['an origin that begins like this one', { cookie: own.cookie, origin: `${address}.evil.example` }],
    ['no session', { origin: address }],
    ['an unsigned session', { origin: address, cookie: 'next-auth.session-token=eyJhbGciOiJub25lIn0.e30.' }],
    ['a viewer', { origin: address, cookie: await cookieOf(await openSession(db, viewer.id)) }],
    ['a disabled user', { origin: address, cookie: disabledCookie }],
    ['a user who must change the password', { origin: address, cookie: unchangedCookie }],
  ] as const) {
    await replay(headers);
    expect(await db.promotionJob.count({ where: { promotionId: id } }), sender).toBe(0);
  }
  for (const wrong of ['[]', '[null]', '["x"]', '[[]]', '[{"promotion_id":"../"}]', '["$F1"]', '["$undefined"]', '{', '']) {
    const answer = await replay(own, wrong);
    expect(await answer.text(), wrong).not.toMatch(/\bat .+\.(js|ts):\d+/);
    expect(await db.promotionJob.count({ where: { promotionId: id } }), wrong).toBe(0);
  }
  await replay(own);
  expect(await db.promotionJob.count({ where: { promotionId: id, createdBy: user.name } }), 'the original request').toBe(1);
});
