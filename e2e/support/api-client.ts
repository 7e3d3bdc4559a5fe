import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gateway, MemoryStorageFactory } from '@elasticpath/js-sdk';
import { test as base, expect } from 'playwright/test';
import { required } from '#lib/config';
import { connect, type Database } from '#lib/db';
import { answerValidator } from '#lib/testing/contract';

// The unchanged client library of Elastic Path from npm. It calls the product through a `fetch` that validates
// every answer against the product's `/openapi.json`.

export type Credentials = { client_id: string; client_secret: string };
export type Client = ReturnType<typeof gateway>;

type Fixtures = {
  address: string;
  db: Database;
  credentials: Credentials;
  /** Validates every answer against the OpenAPI document. */
  checkedFetch: typeof fetch;
  connectAs(credentials: Credentials): Client;
};

/** The contract violations of the current test. The `client` fixture checks that there are none. */
const violations: string[] = [];

async function fetchAndCheck(address: string): Promise<typeof fetch> {
  const document = await (await fetch(`${address}/openapi.json`)).json();
  const validate = answerValidator(document);
  return async (input, init) => {
    const response = await fetch(input, init);
    const path = new URL(String(input)).pathname;
    if (!path.startsWith('/v2') && !path.startsWith('/oauth')) return response;
    const text = await response.clone().text();
    const method = init?.method ?? 'GET';
    const problems = validate(method, path, response.status, text ? JSON.parse(text) : null);
    violations.push(...problems.map((problem) => `${method} ${path}: ${problem}`));
    if (!response.headers.get('x-request-id')) violations.push(`${method} ${path}: no X-Request-Id`);
    return response;
  };
}

/** Runs `npm run client` with `words` as its arguments and parses its output. */
export async function runClientCommand(...words: string[]): Promise<ReturnType<typeof JSON.parse>> {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'client', '--', ...words]);
  return JSON.parse(stdout);
}

export const test = base.extend<{ client: Client }, Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  address: [async ({}, use) => use(process.env.E2E_URL ?? ''), { scope: 'worker' }],
  db: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const { db, close } = connect(required('databaseUrl'), 2);
      await use(db);
      await close();
    },
    { scope: 'worker' },
  ],
  credentials: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use, { workerIndex }) => use(await runClientCommand('create', '--name', `contract ${workerIndex}`, '--role', 'write')),
    { scope: 'worker' },
  ],
  checkedFetch: [async ({ address }, use) => use(await fetchAndCheck(address)), { scope: 'worker' }],
  connectAs: [
    async ({ address, checkedFetch: custom_fetch }, use) => {
      await use((credentials) => {
        const { host } = new URL(address);
        const options = { ...credentials, host, protocol: 'http', custom_fetch, storage: new MemoryStorageFactory(), fetchMaxAttempts: 1 };
        return gateway(options);
      });
    },
    { scope: 'worker' },
  ],
  client: async ({ connectAs, credentials }, use) => {
    await use(connectAs(credentials));
    expect(violations.splice(0)).toEqual([]);
  },
});

export { expect };
