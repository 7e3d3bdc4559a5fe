import { takeCall } from '#lib/api/limit';
import { unauthorized } from '#lib/api/refusal';
import { findClient } from '#lib/clients/authenticate';
import { readToken } from '#lib/clients/token';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { type Actor, may, type Permission } from '#lib/users/permissions';

const bearer = /^Bearer +(?<token>\S+) *$/i;

/** The client that calls, allowed to and within its rate. Throws `unauthorized`, `too_many_requests`, `forbidden`. */
export async function requireCaller(db: Db, headers: Headers, permission: Permission): Promise<Actor> {
  const authorization = headers.get('authorization');
  if (!authorization) throw unauthorized('Bearer');
  const proof = await readToken(bearer.exec(authorization)?.groups?.token ?? '');
  const client = proof && (await findClient(db, proof));
  if (!client) throw unauthorized('Bearer error="invalid_token"');
  takeCall(client.id);
  if (!may(client.role, permission)) throw new DomainError('forbidden', 'This client may only read: use one with the role write');
  return client;
}
