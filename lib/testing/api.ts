import { randomUUID } from 'node:crypto';
import { api } from '#lib/api/app';
import { type Credentials, createClient } from '#lib/clients/create';
import type { Db } from '#lib/db';
import { administrator } from '#lib/testing/database';
import type { ClientRole } from '#prisma/enums';

// Calls the API in this process, without a port or a socket, on the database of the test.

export type ApiRequest = { method?: string; headers?: Record<string, string>; token?: string; body?: unknown; raw?: BodyInit };

/** Calls the API. Sends `body` as JSON, or `raw` unchanged with the headers of the request. */
export async function fetchApi(path: string, { method = 'GET', headers = {}, token, body, raw }: ApiRequest = {}): Promise<Response> {
  const url = new URL(path, 'http://promint.test');
  const message = new Request(url, {
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
  return api.fetch(message);
}

export type ApiResponse = { status: number; headers: Headers; body: ReturnType<typeof JSON.parse> };

/** Calls the API and reads the response. The body of an empty response is null. */
export async function callApi(path: string, request: ApiRequest = {}): Promise<ApiResponse> {
  const response = await fetchApi(path, request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

type SeededClient = Credentials & {
  name: string;
  token: string;
  /** Calls the API with the token of the client. */
  call(path: string, request?: ApiRequest): Promise<ApiResponse>;
};

/** Creates an API client and requests a token for it. */
export async function seedClient(db: Db, role: ClientRole = 'write'): Promise<SeededClient> {
  const name = `client-${randomUUID().slice(0, 8)}`;
  const credentials = await createClient(db, administrator, { name, role });
  const raw = new URLSearchParams({ grant_type: 'client_credentials', ...credentials });
  const { access_token: token } = await (await fetchApi('/oauth/access_token', { method: 'POST', raw })).json();
  return { ...credentials, name, token, call: (path, request) => callApi(path, { token, ...request }) };
}
