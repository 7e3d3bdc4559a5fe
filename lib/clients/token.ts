import { hkdfSync, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Proof } from '#lib/clients/authenticate';
import { required } from '#lib/config';

/** How long a token works at most; a revoked client's stops at once. */
export const tokenSeconds = 3600;

const algorithm = 'HS256';
const type = 'at+jwt';
const issuer = 'promint';
const audience = 'promint-api';
// One of ours has 400 characters. What is longer is not worth a look.
const longestToken = 1024;

const claims = z.object({ sub: z.uuid(), secret: z.uuid(), iat: z.number(), exp: z.number() });

/** A token that stands for the client for an hour from `now` on, the database's time, and the moment it ends, in seconds since 1970. */
export async function issueToken({ clientId, secretId }: Proof, now: Date): Promise<{ token: string; expires: number }> {
  const issued = Math.floor(now.getTime() / 1000);
  const expires = issued + tokenSeconds;
  const token = await new SignJWT({ secret: secretId })
    .setProtectedHeader({ alg: algorithm, typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(clientId)
    .setIssuedAt(issued)
    .setExpirationTime(expires)
    .setJti(randomUUID())
    .sign(tokenKey().bytes);
  return { token, expires };
}

type ReadToken = { proof: Proof; endsAt: Date };

/**
 * What a token proves, or null for one that is not signed by Promint or has ended by `now`, the database's time. Whether its
 * client and secret are still valid, `findClient` asks the database.
 */
export async function readToken(token: string, now: Date): Promise<Proof | null> {
  if (token.length > longestToken) return null;
  const { bytes, known } = tokenKey();
  const read = known.get(token) ?? (await verifiedToken(token, bytes));
  if (!read) return null;
  if (known.size >= mostKnown) known.clear();
  known.set(token, read);
  return read.endsAt > now ? read.proof : null;
}

async function verifiedToken(token: string, key: Uint8Array): Promise<ReadToken | null> {
  const verified = await jwtVerify(token, key, {
    algorithms: [algorithm],
    typ: type,
    issuer,
    audience,
    requiredClaims: ['exp', 'iat'],
    // The caller compares the end with the database's time.
    currentDate: new Date(0),
  }).catch(() => null);
  const { data } = claims.safeParse(verified?.payload);
  if (!data) return null;
  return { proof: { clientId: data.sub, secretId: data.secret }, endsAt: new Date(Math.min(data.exp, data.iat + tokenSeconds) * 1000) };
}

// A client calls with one token for an hour. What a token says cannot change, so that looking at it once is enough.
const mostKnown = 1_000;

let key: { of: string; bytes: Uint8Array; known: Map<string, ReadToken> } | undefined;

/** A key for this purpose alone, and the tokens it was found in: nothing else that is signed with the application's secret is a token. */
function tokenKey(): { bytes: Uint8Array; known: Map<string, ReadToken> } {
  const secret = required('appSecret');
  if (key?.of !== secret)
    key = { of: secret, bytes: new Uint8Array(hkdfSync('sha256', secret, '', 'promint access token', 32)), known: new Map() };
  return key;
}
