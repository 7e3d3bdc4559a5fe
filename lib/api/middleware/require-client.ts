import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from '#lib/api/env';
import { takeCall } from '#lib/api/limit';
import type { ErrorExample } from '#lib/api/openapi/responses';
import { readClient } from '#lib/api/read-client';
import { unauthorized } from '#lib/api/refusal';

import { readToken } from '#lib/clients/token';
import { recentDatabaseNow } from '#lib/database/clock.sql';
import { db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { type Actor, may, type Permission } from '#lib/users/permissions';

// Clients from before 2021 put a colon after the scheme.
const bearer = /^Bearer:? +(?<token>\S+) *$/i;

/** What clients have the right to. */
type ClientPermission = Extract<Permission, 'read' | 'redeem' | 'write'>;

/** What a client is told that lacks a right. */
const forbidden = {
  read: 'This client may only redeem codes: use one with the role read or write',
  redeem: 'This client may not redeem codes: use one with the role redeem or write',
  write: 'This client may only read: use one with the role write',
} as const satisfies Record<ClientPermission, string>;

/** Lets only API clients with this permission pass. Stands first in every route, so that nothing else of a refused call is read. */
export function requireClient(permission: ClientPermission) {
  return createMiddleware<{ Variables: ApiEnv['Variables'] & { client: Actor } }>(async (c, next) => {
    const client = await authenticate(c.req.header('authorization'));
    c.set('client', client);
    if (!may(client.role, permission)) throw new DomainError('forbidden', forbidden[permission]);
    await next();
  });
}

/**
 * Returns the client that a token stands for. Checks the signature and the end of the token, then the rate of its client, then
 * the row of its client, so that a call beyond the rate costs no statement. Throws `unauthorized` and `too_many_requests`.
 */
async function authenticate(authorization: string | undefined): Promise<Actor> {
  if (!authorization) throw unauthorized('Bearer');
  const token = bearer.exec(authorization)?.groups?.token;
  const proof = token === undefined ? null : await readToken(token, await recentDatabaseNow(db()));
  if (!proof) throw invalidToken();
  takeCall(proof.clientId);
  const client = await readClient(proof);
  if (!client) throw invalidToken();
  return client;
}

function invalidToken() {
  return unauthorized('Bearer error="invalid_token"');
}

const everyCall: readonly ErrorExample[] = [
  { code: 'unauthorized', detail: '' },
  { code: 'too_many_requests', detail: 'Only 100 requests a second are allowed' },
  { code: 'internal', detail: 'Something went wrong on the server' },
  { code: 'unavailable', detail: 'The database cannot be reached at the moment' },
];

const contended: ErrorExample = {
  code: 'conflict',
  detail: 'Somebody else changed the same data at the same time. Nothing was changed. Try again.',
};

/** The errors of every call, by the right that it needs. */
export const callErrors = {
  read: [...everyCall, { code: 'forbidden', detail: forbidden.read }],
  redeem: [...everyCall, { code: 'forbidden', detail: forbidden.redeem }, contended],
  write: [...everyCall, { code: 'forbidden', detail: forbidden.write }, contended],
} as const satisfies Record<ClientPermission, readonly ErrorExample[]>;
