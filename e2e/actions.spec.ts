import type { Page, Request } from 'playwright/test';
import { makePerson, makePromotion } from '#lib/testing/seed';
import { openSession } from '#lib/users/session';
import { cookieOf, expect, test } from './support/test.ts';

/** What the browser sends when somebody asks for codes; it is caught on its way. */
async function captured(page: Page, promotionId: string): Promise<Request> {
  await page.goto(`/promotions/${promotionId}`);
  await page.getByLabel('Number of codes').fill('10');
  const asking = page.waitForRequest((request) => request.postData()?.includes('number_of_codes') ?? false);
  await page.route('**/*', (route) => (route.request().postData()?.includes('number_of_codes') ? route.abort() : route.fallback()));
  await page.getByRole('button', { name: 'Generate 10 codes' }).click();
  return asking;
}

test('an action runs for who is signed in and allowed, from this site, and for nobody else', async ({
  page,
  request,
  db,
  address,
  person,
  expectError,
}) => {
  expectError(/ERR_FAILED/);
  const { id } = await makePromotion(db);
  const original = await captured(page, id);
  const { 'next-action': action = '', 'content-type': type = '' } = original.headers();
  const body = original.postData() ?? '';
  const viewer = await makePerson(db, 'viewer');
  const off = await makePerson(db);
  const own = { cookie: await cookieOf(await openSession(db, person.id)), origin: address };
  const replay = (headers: Record<string, string>, data = body) =>
    request.post(original.url(), {
      headers: { 'next-action': action, 'content-type': type, accept: 'text/x-component', ...headers },
      data,
    });

  const temporary = await makePerson(db);
  const temporaryCookie = await cookieOf(await openSession(db, temporary.id));
  await db.user.update({ where: { id: temporary.id }, data: { mustChangePassword: true } });
  const offCookie = await cookieOf(await openSession(db, off.id));
  await db.user.update({ where: { id: off.id }, data: { disabledAt: new Date() } });
  for (const [why, headers] of [
    ['from another site', { cookie: own.cookie, origin: 'https://evil.example' }],
    ['from a page without an origin', { cookie: own.cookie, origin: 'null' }],
    ['without saying where from', { cookie: own.cookie }],
    ['from what only looks like this site', { cookie: own.cookie, origin: `${address}.evil.example` }],
    ['signed out', { origin: address }],
    ['with a made-up session', { origin: address, cookie: 'next-auth.session-token=eyJhbGciOiJub25lIn0.e30.' }],
    ['by a viewer', { origin: address, cookie: await cookieOf(await openSession(db, viewer.id)) }],
    ['by somebody switched off', { origin: address, cookie: offCookie }],
    ['by somebody who must change the password', { origin: address, cookie: temporaryCookie }],
  ] as const) {
    await replay(headers);
    expect(await db.promotionJob.count({ where: { promotionId: id } }), why).toBe(0);
  }
  for (const wrong of ['[]', '[null]', '["x"]', '[[]]', '[{"promotion_id":"../"}]', '["$F1"]', '["$undefined"]', '{', '']) {
    const answer = await replay(own, wrong);
    expect(await answer.text(), wrong).not.toMatch(/\bat .+\.(js|ts):\d+/);
    expect(await db.promotionJob.count({ where: { promotionId: id } }), wrong).toBe(0);
  }
  await replay(own);
  expect(await db.promotionJob.count({ where: { promotionId: id, createdBy: person.name } }), 'as it was').toBe(1);
});
