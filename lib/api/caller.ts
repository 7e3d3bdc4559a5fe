import { takeCall } from '#lib/api/limit';
import { unauthorized } from '#lib/api/refusal';
import { findClient } from '#lib/clients/authenticate';
import { readToken } from '#lib/clients/token';
import { recentDatabaseNow } from '#lib/database/clock.sql';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { type Actor, may, type Permission } from '#lib/users/permissions';

// Clients from before 2021 put a colon after the scheme.
const bearer = /^Bearer:? +(?<token>\S+) *$/i;

/**
 * The client that calls. Checks the signature and the end of its token, then its rate, then its row, then its role, so that a call
 * that is refused costs no statement. Throws `unauthorized`, `too_many_requests`, `forbidden`.
 */
export async function requireCaller(db: Db, headers: Headers, permission: Permission): Promise<Actor> {
  const authorization = headers.get('authorization');
  if (!authorization) throw unauthorized('Bearer');
  const token = bearer.exec(authorization)?.groups?.token;
  const proof = token === undefined ? null : await readToken(token, await recentDatabaseNow(db));
  if (!proof) throw invalidToken();
  takeCall(proof.clientId);
  const client = await findClient(db, proof);
  if (!client) throw invalidToken();
  if (!may(client.role, permission)) throw new DomainError('forbidden', 'This client may only read: use one with the role write');
  return client;
}

function invalidToken() {
  return unauthorized('Bearer error="invalid_token"');
}
