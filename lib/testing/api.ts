import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Method, Route } from '#lib/api/serve';
import { type Credentials, createClient } from '#lib/clients/create';
import type { Db } from '#lib/db';
import { administrator } from '#lib/testing/database';
import type { ClientRole } from '#prisma/enums';

// The API's routes, called in this process as Next would: no port, no socket, and the test's own database.

const app = join(import.meta.dirname, '../../app');
const files = globSync('{v2,oauth}/**/route.ts', { cwd: app });

type RouteFile = { pattern: RegExp; names: string[]; load(): Promise<Record<Method, Route>> };

// What Next prefers: what is written out, then one part, then whatever is left.
const routes = files
  .map((file): RouteFile => {
    const names: string[] = [];
    const path = file.replace(/\/route\.ts$/, '').replace(/\/\[\[\.\.\.\w+\]\]/, '(?:/.*)?');
    const pattern = path.replace(/\[(\w+)\]/g, (_, name: string) => {
      names.push(name);
      return '([^/]+)';
    });
    return { pattern: new RegExp(`^/${pattern}$`), names, load: () => import(join(app, file)) };
  })
  .sort((a, b) => Number(a.pattern.source.includes('.*')) - Number(b.pattern.source.includes('.*')) || a.names.length - b.names.length);

export type Asked = { method?: Method; headers?: Record<string, string>; token?: string; body?: unknown; raw?: BodyInit };

/** Calls the API. `body` goes as JSON; `raw` as it is, with the headers given. */
export async function call(path: string, { method = 'GET', headers = {}, token, body, raw }: Asked = {}): Promise<Response> {
  const url = new URL(path, 'http://promint.test');
  const route = routes.find(({ pattern }) => pattern.test(url.pathname));
  if (!route) throw new Error(`no route for ${url.pathname}`);
  const [, ...values] = route.pattern.exec(url.pathname) ?? [];
  const params = Object.fromEntries(route.names.map((name, i) => [name, decodeURIComponent(values[i] ?? '')]));
  const request = new Request(url, {
    method,
    headers: {
      host: url.host,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? raw : JSON.stringify(body),
    ...(raw instanceof ReadableStream && { duplex: 'half' }),
  });
  const handlers = await route.load();
  return handlers[method](request, { params: Promise.resolve(route.names.length > 0 ? params : undefined) });
}

export type Told = { status: number; headers: Headers; body: ReturnType<typeof JSON.parse> };

/** Calls the API and reads the answer; the body is null where there is none. */
export async function ask(path: string, asked: Asked = {}): Promise<Told> {
  const response = await call(path, asked);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

/** An API client, and a token of it. */
export async function seedClient(db: Db, role: ClientRole = 'write'): Promise<Credentials & { name: string; token: string }> {
  const name = `client-${randomUUID().slice(0, 8)}`;
  const credentials = await createClient(db, administrator, { name, role });
  const raw = new URLSearchParams({ grant_type: 'client_credentials', ...credentials });
  const { access_token: token } = await (await call('/oauth/access_token', { method: 'POST', raw })).json();
  return { ...credentials, name, token };
}
