import { hkdfSync, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Proof } from '#lib/clients/authenticate';
import { required } from '#lib/config';

/** The maximum lifetime of a token. A token of a revoked client stops working at once. */
export const tokenSeconds = 3600;

const algorithm = 'HS256';
const type = 'at+jwt';
const issuer = 'promint';
const audience = 'promint-api';
// A valid token has 400 characters. Longer texts are rejected without verification.
const maxTokenLength = 1024;

const claims = z.object({ sub: z.uuid(), secret: z.uuid(), iat: z.number(), exp: z.number() });

/** Issues a token that is valid for an hour from `now`, the database's time. `expires` is in seconds since 1970. */
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
 * The client and secret of a token, or null for a token that is not signed by Promint or has expired at `now`, the database's time.
 * `findClient` checks whether client and secret are still valid.
 */
export async function readToken(token: string, now: Date): Promise<Proof | null> {
  if (token.length > maxTokenLength) return null;
  const { bytes, known } = tokenKey();
  const read = known.get(token) ?? (await verifiedToken(token, bytes));
  if (!read) return null;
  if (known.size >= maxKnownTokens) known.clear();
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
    // Disables the check of the expiry here: `readToken` compares it with the database's time.
    currentDate: new Date(0),
  }).catch(() => null);
  const { data } = claims.safeParse(verified?.payload);
  if (!data) return null;
  return { proof: { clientId: data.sub, secretId: data.secret }, endsAt: new Date(Math.min(data.exp, data.iat + tokenSeconds) * 1000) };
}

// A client uses a token for up to an hour. Its signature stays valid, so it is verified once.
const maxKnownTokens = 1_000;

let key: { of: string; bytes: Uint8Array; known: Map<string, ReadToken> } | undefined;

/** The signing key, which is only for tokens, and the verified tokens. No other data signed with `APP_SECRET` is a valid token. */
function tokenKey(): { bytes: Uint8Array; known: Map<string, ReadToken> } {
  const secret = required('appSecret');
  if (key?.of !== secret)
    key = { of: secret, bytes: new Uint8Array(hkdfSync('sha256', secret, '', 'promint access token', 32)), known: new Map() };
  return key;
}
