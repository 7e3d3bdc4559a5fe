import { encode } from 'next-auth/jwt';
import { type BrowserContext, test as base, expect, type Page } from 'playwright/test';
import { required } from '#lib/config';
import { connect, type Database } from '#lib/db';
import { closeSender } from '#lib/jobs/engine/queue';
import { seedUser } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';
import { openSession } from '#lib/users/sign-in/session';
import type { Role } from '#prisma/enums';

type Fixtures = {
  /** The role of the signed-in user; null signs nobody in. */
  role: Role | null;
  /** The signed-in user. With the role null, a user who is not signed in. */
  user: Actor;
  /** Allows errors that match `pattern` in the browser's console. Any other error fails the test. */
  expectError(pattern: RegExp): void;
};

/** The browser test: a merchandiser is signed in unless `test.use({ role })` sets another role, and `db` is the product's database. */
export const test = base.extend<Fixtures, { db: Database; address: string }>({
  db: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const { db, close } = connect(required('databaseUrl'), 4);
      await use(db);
      await closeSender();
      await close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  address: [async ({}, use) => use(process.env.E2E_URL ?? ''), { scope: 'worker' }],
  baseURL: async ({ address }, use) => use(address),
  role: ['merchandiser', { option: true }],
  user: [
    async ({ role, db, context }, use) => {
      const user = await seedUser(db, role ?? 'viewer');
      if (role) await signIn(db, context, user);
      await use(user);
    },
    { auto: true },
  ],
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page);
    page.goto = async (...parameters) => {
      const answer = await goto(...parameters);
      await waitForHydration(page);
      return answer;
    };
    await use(page);
  },
  expectError: [
    async ({ page }, use) => {
      const errors: string[] = [];
      const expected: RegExp[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(`${message.text()} ${message.location().url}`));
      await use((pattern) => expected.push(pattern));
      expect(errors.filter((error) => !expected.some((pattern) => pattern.test(error)))).toEqual([]);
    },
    { auto: true },
  ],
});

/** Resolves when React has hydrated the page. Earlier input can be lost. React creates portals in its first effects. */
export async function waitForHydration(page: Page): Promise<void> {
  await page.locator('[data-portal]').first().waitFor({ state: 'attached' });
}

const cookieName = 'next-auth.session-token';

function cookieValue(sessionId: string): Promise<string> {
  return encode({ token: { sessionId }, secret: required('appSecret') });
}

/** Returns the Cookie header of a browser with this session. */
export async function cookieOf(sessionId: string): Promise<string> {
  return `${cookieName}=${await cookieValue(sessionId)}`;
}

/** Opens a session, sets its cookie in the browser and returns its id. */
export async function signIn(db: Database, context: BrowserContext, user: { id: string }): Promise<string> {
  const sessionId = await openSession(db, user.id);
  const cookie = { name: cookieName, value: await cookieValue(sessionId), url: process.env.E2E_URL };
  await context.addCookies([{ ...cookie, httpOnly: true, sameSite: 'Lax' }]);
  return sessionId;
}

export { expect };
