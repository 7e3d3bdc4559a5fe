import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from '#lib/api/env';
import { unauthorized } from '#lib/api/http-error';
import type { ErrorExample } from '#lib/api/openapi/responses';
import { limitRate } from '#lib/api/rate-limit';
import { readClient } from '#lib/api/read-client';
import { readToken } from '#lib/clients/token';
import { recentDatabaseNow } from '#lib/database/clock.sql';
import { db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { type Actor, may, type Permission } from '#lib/users/permissions';

// Clients from before 2021 send a colon after the scheme.
const bearer = /^Bearer:? +(?<token>\S+) *$/i;

/** The permissions that API clients can have. */
type ClientPermission = Extract<Permission, 'read' | 'redeem' | 'write'>;

/** The error text for a client without a permission. */
const forbidden = {
  read: 'This client can only redeem codes. Use a client with the role read or write.',
  redeem: 'This client cannot redeem codes. Use a client with the role redeem or write.',
  write: 'This client can only read. Use a client with the role write.',
} as const satisfies Record<ClientPermission, string>;

/** Rejects calls without a token or without this permission. Comes first in every route, so that nothing else of a rejected call is read. */
export function requireClient(permission: ClientPermission) {
  return createMiddleware<{ Variables: ApiEnv['Variables'] & { client: Actor } }>(async (c, next) => {
    const client = await authenticate(c.req.header('authorization'));
    c.set('client', client);
    if (!may(client.role, permission)) throw new DomainError('forbidden', forbidden[permission]);
    await next();
  });
}

/**
 * Returns the client of a token. Checks the signature and expiry of the token, then the rate of the client, then the row of the
 * client, so that a call above the rate needs no statement. Throws `unauthorized` and `too_many_requests`.
 */
async function authenticate(authorization: string | undefined): Promise<Actor> {
  if (!authorization) throw unauthorized('Bearer');
  const token = bearer.exec(authorization)?.groups?.token;
  const proof = token === undefined ? null : await readToken(token, await recentDatabaseNow(db()));
  if (!proof) throw invalidToken();
  limitRate(proof.clientId);
  const client = await readClient(proof);
  if (!client) throw invalidToken();
  return client;
}

function invalidToken() {
  return unauthorized('Bearer error="invalid_token"');
}

const everyCall: readonly ErrorExample[] = [
  { code: 'unauthorized', detail: '' },
  { code: 'too_many_requests', detail: 'Only 100 requests per second are allowed' },
  { code: 'internal', detail: 'Something went wrong on the server' },
  { code: 'unavailable', detail: 'The database cannot be reached at the moment' },
];

const contended: ErrorExample = {
  code: 'conflict',
  detail: 'Somebody else changed the same data at the same time. Nothing was changed. Try again.',
};

/** The errors of every call, by the permission that it requires. */
export const callErrors = {
  read: [...everyCall, { code: 'forbidden', detail: forbidden.read }],
  redeem: [...everyCall, { code: 'forbidden', detail: forbidden.redeem }, contended],
  write: [...everyCall, { code: 'forbidden', detail: forbidden.write }, contended],
} as const satisfies Record<ClientPermission, readonly ErrorExample[]>;
