import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { authenticateClient, findClient, type Proof } from '#lib/clients/authenticate';
import { type Credentials, createClient } from '#lib/clients/create';
import { listClients } from '#lib/clients/query';
import { revokeClient } from '#lib/clients/revoke';
import { addSecret, removeSecret } from '#lib/clients/rotate';
import { type CreateClientInput, createClientInput } from '#lib/clients/schema';
import { issueToken, readToken, tokenSeconds } from '#lib/clients/token';
import { required } from '#lib/config';
import { databaseNow } from '#lib/database/clock.sql';
import { addDays } from '#lib/format/dates';
import { administrator, db } from '#lib/testing/database';

function create(given: Partial<CreateClientInput> = {}): Promise<Credentials> {
  return createClient(db, administrator, createClientInput.parse({ name: `Script ${randomUUID()}`, ...given }));
}

const authenticate = ({ client_id, client_secret }: Credentials) => authenticateClient(db, client_id, client_secret);

async function authenticated(credentials: Credentials): Promise<Proof> {
  const proof = await authenticate(credentials);
  if (!proof) throw new Error('the credentials were rejected');
  return proof;
}

const view = async ({ client_id }: Credentials) => (await listClients(db)).find(({ id }) => id === client_id);

describe('an API client', () => {
  test('authenticateClient accepts a secret, of which only the SHA-256 is stored', async () => {
    const credentials = await create({ role: 'write' });
    expect(await findClient(db, await authenticated(credentials))).toMatchObject({ id: credentials.client_id, role: 'merchandiser' });
    const [secret] = await db.clientSecret.findMany({ where: { clientId: credentials.client_id } });
    expect(secret?.sha256.length).toBe(32);
    expect(JSON.stringify(await db.client.findMany({ include: { secrets: true } }))).not.toContain(credentials.client_secret);
  });

  test.each([
    ['a wrong secret', (c: Credentials) => ({ ...c, client_secret: `${c.client_secret}x` })],
    ['no secret', (c: Credentials) => ({ ...c, client_secret: '' })],
    ['an unknown id', (c: Credentials) => ({ ...c, client_id: randomUUID() })],
    ['an invalid id', (c: Credentials) => ({ ...c, client_id: "' or 1=1" })],
  ])('authenticateClient rejects %s', async (_, change) => {
    expect(await authenticate(change(await create()))).toBeNull();
  });

  test('findClient returns the role viewer for a client with the role read', async () => {
    expect(await findClient(db, await authenticated(await create({ role: 'read' })))).toMatchObject({ role: 'viewer' });
  });

  test('revokeClient revokes a client at once and permanently', async () => {
    const credentials = await create();
    const proof = await authenticated(credentials);
    await revokeClient(db, administrator, credentials);
    expect(await findClient(db, proof)).toBeNull();
    expect(await authenticate(credentials)).toBeNull();
    expect(await view(credentials)).toMatchObject({ state: 'revoked' });
    await expect(revokeClient(db, administrator, credentials)).rejects.toMatchObject({ status: 422 });
    await expect(addSecret(db, administrator, credentials)).rejects.toMatchObject({ status: 422 });
    await expect(revokeClient(db, administrator, { client_id: randomUUID() })).rejects.toMatchObject({ status: 404 });
  });

  test('findClient and authenticateClient reject an expired client', async () => {
    const credentials = await create({ expires_in_days: 1 });
    const proof = await authenticated(credentials);
    await db.client.update({ where: { id: credentials.client_id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await findClient(db, proof)).toBeNull();
    expect(await authenticate(credentials)).toBeNull();
    expect(await view(credentials)).toMatchObject({ state: 'expired' });
  });

  test('createClient sets an expiry after calendar days at the same time of day, across daylight saving changes', async () => {
    for (const expires_in_days of [60, 120, 180, 240, 300]) {
      const { client_id: id } = await create({ expires_in_days, time_zone: 'Europe/Berlin' });
      const { createdAt, expiresAt } = await db.client.findUniqueOrThrow({ where: { id } });
      const wanted = addDays(createdAt, expires_in_days, 'Europe/Berlin').getTime();
      expect(Math.abs((expiresAt?.getTime() ?? 0) - wanted)).toBeLessThan(60_000);
    }
  });

  test('listClients shows the last use of a client and of each secret', async () => {
    const credentials = await create();
    expect(await view(credentials)).toMatchObject({ lastUsedAt: null, secrets: [{ lastUsedAt: null }] });
    await authenticate(credentials);
    expect(await view(credentials)).toMatchObject({ lastUsedAt: expect.any(Date), secrets: [{ lastUsedAt: expect.any(Date) }] });
  });

  test('createClient rejects the name of another client until that client is revoked', async () => {
    const credentials = await create({ name: 'Nightly' });
    await expect(create({ name: 'NIGHTLY' })).rejects.toMatchObject({ status: 400, problems: [{ source: 'name' }] });
    await revokeClient(db, administrator, credentials);
    await expect(create({ name: 'nightly' })).resolves.toBeDefined();
  });
});

describe('two secrets', () => {
  test('findClient accepts both secrets of a client until removeSecret removes one of them with its tokens', async () => {
    const first = await create();
    const old = await authenticated(first);
    const second = await addSecret(db, administrator, first);
    const fresh = await authenticated(second);
    expect(await findClient(db, old)).not.toBeNull();
    await removeSecret(db, administrator, { client_id: first.client_id, secret_id: old.secretId });
    expect(await findClient(db, old)).toBeNull();
    expect(await authenticate(first)).toBeNull();
    expect(await findClient(db, fresh)).not.toBeNull();
    await expect(addSecret(db, administrator, first)).resolves.toBeDefined();
  });

  test('addSecret allows at most two secrets, also for ten simultaneous calls', async () => {
    const client = await create();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => addSecret(db, administrator, client)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await view(client))?.secrets).toHaveLength(2);
  });

  test('removeSecret keeps one secret when two simultaneous calls remove both', async () => {
    const client = await create();
    await addSecret(db, administrator, client);
    const { client_id } = client;
    const secrets = (await view(client))?.secrets ?? [];
    const outcomes = await Promise.allSettled(secrets.map(({ id }) => removeSecret(db, administrator, { client_id, secret_id: id })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await view(client))?.secrets).toHaveLength(1);
    await expect(removeSecret(db, administrator, { client_id, secret_id: randomUUID() })).rejects.toMatchObject({ status: 404 });
  });
});

describe('a token', () => {
  const proof = { clientId: randomUUID(), secretId: randomUUID() };
  const ownKey = () => new Uint8Array(hkdfSync('sha256', required('appSecret'), '', 'promint access token', 32));

  function sign(change: (jwt: SignJWT) => SignJWT, { key = ownKey(), alg = 'HS256', typ = 'at+jwt' } = {}): Promise<string> {
    const jwt = new SignJWT({ secret: proof.secretId }).setSubject(proof.clientId).setIssuer('promint').setAudience('promint-api');
    return change(jwt.setIssuedAt().setExpirationTime('1h').setProtectedHeader({ alg, typ })).sign(key);
  }

  test('readToken returns the client of a token for an hour', async () => {
    const now = await databaseNow(db);
    const { token, expires } = await issueToken(proof, now);
    expect(expires).toBe(Math.floor(now.getTime() / 1000) + tokenSeconds);
    expect(await readToken(token, new Date(expires * 1000 - 1))).toEqual(proof);
    expect(await readToken(token, new Date(expires * 1000))).toBeNull();
    const [header = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'at+jwt' });
  });

  test('readToken accepts a token signed by the test, so that the following cases fail only because of their content', async () => {
    expect(await readToken(await sign((jwt) => jwt), await databaseNow(db))).toEqual(proof);
  });

  test.each<[string, () => Promise<string> | string]>([
    ['an empty text', () => ''],
    ['a text that is not a token', () => '%'],
    ['a text of 100,000 characters', () => 'a'.repeat(100_000)],
    ['a token for another audience', () => sign((jwt) => jwt.setAudience('another'))],
    ['a token of another issuer', () => sign((jwt) => jwt.setIssuer('another'))],
    ['a token of another type', () => sign((jwt) => jwt, { typ: 'JWT' })],
    ['a token signed with another key', () => sign((jwt) => jwt, { key: new Uint8Array(32) })],
    ['a token signed with APP_SECRET itself', () => sign((jwt) => jwt, { key: Buffer.from(required('appSecret')) })],
    ['a token of another algorithm', () => sign((jwt) => jwt, { key: new Uint8Array([...ownKey(), ...ownKey()]), alg: 'HS512' })],
    ['a token without a client', () => sign((jwt) => jwt.setSubject('admin'))],
  ])('readToken rejects %s', async (_, token) => {
    expect(await readToken(await token(), await databaseNow(db))).toBeNull();
  });

  test.each<[string, (jwt: SignJWT) => SignJWT]>([
    ['an expired token', (jwt) => jwt.setExpirationTime('-1s')],
    ['a token that was issued more than an hour ago', (jwt) => jwt.setExpirationTime('100y').setIssuedAt(0)],
  ])('readToken rejects %s', async (_, change) => {
    expect(await readToken(await sign(change), await databaseNow(db))).toBeNull();
  });

  test('readToken rejects a token without a signature or with changed content', async () => {
    const { token } = await issueToken(proof, await databaseNow(db));
    const [, payload = '', signature = ''] = token.split('.');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = encode({ alg: 'none', typ: 'at+jwt' });
    const changed = encode({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: randomUUID() });
    const [header = ''] = token.split('.');
    for (const forged of [
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${header}.${changed}.${signature}`,
      `${header}.${payload}.`,
    ])
      expect(await readToken(forged, await databaseNow(db))).toBeNull();
    const hmac = createHmac('sha256', 'secret').update(`${header}.${changed}`).digest('base64url');
    expect(await readToken(`${header}.${changed}.${hmac}`, await databaseNow(db))).toBeNull();
  });
});
