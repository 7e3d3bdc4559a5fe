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

/** A token that stands for the client for an hour, and the moment it ends, in seconds since 1970. */
export async function issueToken({ clientId, secretId }: Proof): Promise<{ token: string; expires: number }> {
  const expires = Math.floor(Date.now() / 1000) + tokenSeconds;
  const token = await new SignJWT({ secret: secretId })
    .setProtectedHeader({ alg: algorithm, typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(clientId)
    .setIssuedAt()
    .setExpirationTime(expires)
    .setJti(randomUUID())
    .sign(tokenKey().bytes);
  return { token, expires };
}

/** What a token stands for, or null when it is not one of ours or is over. Whether the client may still is asked elsewhere. */
export async function readToken(token: string): Promise<Proof | null> {
  if (token.length > longestToken) return null;
  const { bytes, known } = tokenKey();
  const read = known.get(token) ?? (await verifiedToken(token, bytes));
  if (!read || read.ends <= Date.now() / 1000) return null;
  if (known.size >= mostKnown) known.clear();
  known.set(token, read);
  return read.proof;
}

async function verifiedToken(token: string, key: Uint8Array): Promise<KnownToken | null> {
  const verified = await jwtVerify(token, key, {
    algorithms: [algorithm],
    typ: type,
    issuer,
    audience,
    requiredClaims: ['exp', 'iat'],
    maxTokenAge: tokenSeconds,
  }).catch(() => null);
  const { data } = claims.safeParse(verified?.payload);
  return data ? { proof: { clientId: data.sub, secretId: data.secret }, ends: Math.min(data.exp, data.iat + tokenSeconds) } : null;
}

// A client calls with one token for an hour. What a token says cannot change, so that looking at it once is enough.
type KnownToken = { proof: Proof; ends: number };
const mostKnown = 1_000;

let key: { of: string; bytes: Uint8Array; known: Map<string, KnownToken> } | undefined;

/** A key for this purpose alone, and the tokens it was found in: nothing else that is signed with the application's secret is a token. */
function tokenKey(): { bytes: Uint8Array; known: Map<string, KnownToken> } {
  const secret = required('appSecret');
  if (key?.of !== secret)
    key = { of: secret, bytes: new Uint8Array(hkdfSync('sha256', secret, '', 'promint access token', 32)), known: new Map() };
  return key;
}
