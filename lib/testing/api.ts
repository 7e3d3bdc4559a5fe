import { randomUUID } from 'node:crypto';
import { api } from '#lib/api/app';
import { type Credentials, createClient } from '#lib/clients/create';
import type { Db } from '#lib/db';
import { administrator } from '#lib/testing/database';
import type { ClientRole } from '#prisma/enums';

// Calls the API in this process, without a port or a socket, on the database of the test.

export type Asked = { method?: string; headers?: Record<string, string>; token?: string; body?: unknown; raw?: BodyInit };

/** Calls the API. `body` is sent as JSON, `raw` unchanged with the given headers. */
export async function call(path: string, { method = 'GET', headers = {}, token, body, raw }: Asked = {}): Promise<Response> {
  const url = new URL(path, 'http://promint.test');
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
  return api.fetch(request);
}

export type Told = { status: number; headers: Headers; body: ReturnType<typeof JSON.parse> };

/** Calls the API and reads the answer. The body is null when it is empty. */
export async function ask(path: string, asked: Asked = {}): Promise<Told> {
  const response = await call(path, asked);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

/** Creates an API client with a token. */
export async function seedClient(db: Db, role: ClientRole = 'write'): Promise<Credentials & { name: string; token: string }> {
  const name = `client-${randomUUID().slice(0, 8)}`;
  const credentials = await createClient(db, administrator, { name, role });
  const raw = new URLSearchParams({ grant_type: 'client_credentials', ...credentials });
  const { access_token: token } = await (await call('/oauth/access_token', { method: 'POST', raw })).json();
  return { ...credentials, name, token };
}
