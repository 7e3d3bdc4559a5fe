import { describe, expect, test } from 'vitest';
import { db } from '#lib/testing/database';
import { password, seedUser } from '#lib/testing/seed';
import { ensureAdministrator } from '#lib/users/administrator';
import { may, type Permission } from '#lib/users/permissions';
import { authenticate } from '#lib/users/sign-in/authenticate';
import { rememberAccount } from '#lib/users/sign-in/known-device';
import { closeSession, findSessionUser, openSession, recordActivity } from '#lib/users/sign-in/session';
import { signIn } from '#lib/users/sign-in/sign-in';
import { countSignInAttempt, signInLimits } from '#lib/users/sign-in/throttle';

function disableUser(id: string) {
  return db.user.update({ where: { id }, data: { disabledAt: new Date() } });
}

describe('the first administrator', () => {
  test('ensureAdministrator creates the first administrator once, with the given password', async () => {
    const first = await ensureAdministrator(db, { email: 'first@example.com', password: 'a password of mine' });
    expect(first).toEqual({ email: 'first@example.com', password: 'a password of mine', passwordProblem: null });
    expect(await ensureAdministrator(db, { email: 'second@example.com' })).toBeNull();
    expect(await db.user.findMany({ select: { email: true, role: true } })).toEqual([
      { email: 'first@example.com', role: 'administrator' },
    ]);
    expect(await authenticate(db, 'first@example.com', 'a password of mine')).toMatchObject({ email: 'first@example.com' });
  });

  test('ensureAdministrator generates a password that must be changed when none is given', async () => {
    await db.user.deleteMany();
    const created = await ensureAdministrator(db, {});
    expect(created).toMatchObject({ email: 'admin@example.com', password: expect.stringMatching(/^([2-9a-z]{4}-){4}[2-9a-z]{4}$/) });
    expect(await db.user.findMany({ select: { mustChangePassword: true } })).toEqual([{ mustChangePassword: true }]);
  });

  test('ensureAdministrator accepts a common ADMIN_PASSWORD, with a warning and without a forced change', async () => {
    await db.user.deleteMany();
    expect(await ensureAdministrator(db, { password: 'password1234' })).toMatchObject({
      passwordProblem: expect.stringMatching(/commonly used/),
    });
    expect(await authenticate(db, 'admin@example.com', 'password1234')).not.toBeNull();
    expect(await db.user.findMany({ select: { mustChangePassword: true } })).toEqual([{ mustChangePassword: false }]);
  });
});

describe('authenticate', () => {
  test('authenticate accepts an email address in any case with the right password', async () => {
    const { id, name } = await seedUser(db);
    expect(await authenticate(db, ` ${name.toUpperCase()} `, password)).toMatchObject({ id, email: name });
  });

  test('authenticate returns null for a wrong password and for an unknown account', async () => {
    const { name } = await seedUser(db);
    expect(await authenticate(db, name, `${password}x`)).toBeNull();
    expect(await authenticate(db, name, '')).toBeNull();
    expect(await authenticate(db, 'nobody@example.com', password)).toBeNull();
  });

  test('signIn counts an email address as one account in any case and with invisible characters', async () => {
    const { name } = await seedUser(db);
    const attempt = { password: 'not the password', address: '192.0.2.77', deviceCookie: undefined };
    const spellings = [name, name.toUpperCase(), `\u200b${name}`, `${name}\u00a0`];
    for (let i = 0; i < signInLimits.accountFromAddress; i += 1)
      expect(await signIn(db, { ...attempt, email: spellings[i % spellings.length] ?? name })).toBeNull();
    await expect(signIn(db, { ...attempt, email: `\u2060${name}` })).rejects.toMatchObject({ status: 429 });
  });

  test('authenticate rejects a disabled user', async () => {
    const { id, name } = await seedUser(db);
    await disableUser(id);
    expect(await authenticate(db, name, password)).toBeNull();
  });
});

describe('a session', () => {
  test('findSessionUser returns the user of a session until it is closed', async () => {
    const person = await seedUser(db, 'viewer');
    const session = await openSession(db, person.id);
    expect(await findSessionUser(db, session)).toMatchObject(person);
    await closeSession(db, session);
    expect(await findSessionUser(db, session)).toBeNull();
  });

  test('findSessionUser returns null for all sessions of a disabled user', async () => {
    const { id } = await seedUser(db);
    const sessions = [await openSession(db, id), await openSession(db, id)];
    await disableUser(id);
    expect(await Promise.all(sessions.map((session) => findSessionUser(db, session)))).toEqual([null, null]);
  });

  test('findSessionUser returns null after the expiry of a session, and openSession deletes it', async () => {
    const { id } = await seedUser(db);
    const old = await openSession(db, id);
    await db.session.update({ where: { id: old }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await findSessionUser(db, old)).toBeNull();
    await openSession(db, id);
    expect(await db.session.count({ where: { id: old } })).toBe(0);
  });

  test('findSessionUser returns null after 12 idle hours, and openSession deletes the session', async () => {
    const { id } = await seedUser(db);
    const [idle, used] = [await openSession(db, id), await openSession(db, id)];
    await db.$executeRaw`update sessions set last_seen_at = now() - interval '12 hours' where id = ${idle}::uuid`;
    await db.$executeRaw`update sessions set last_seen_at = now() - interval '719 minutes' where id = ${used}::uuid`;
    expect(await findSessionUser(db, idle)).toBeNull();
    expect(await findSessionUser(db, used)).not.toBeNull();
    await openSession(db, id);
    expect(await db.session.count({ where: { id: idle } })).toBe(0);
  });

  test('recordActivity writes once a minute, not at each request', async () => {
    const session = await openSession(db, (await seedUser(db)).id);
    const lastSeen = async () => (await db.session.findUniqueOrThrow({ where: { id: session } })).lastSeenAt.getTime();
    const act = async () => {
      const user = await findSessionUser(db, session);
      if (user) await recordActivity(db, user);
    };
    const opened = await lastSeen();
    await act();
    expect(await lastSeen()).toBe(opened);
    await db.$executeRaw`update sessions set last_seen_at = now() - interval '2 hours' where id = ${session}::uuid`;
    await act();
    expect(await lastSeen()).toBeGreaterThanOrEqual(opened);
  });

  test('openSession ends only the previous session of the same browser', async () => {
    const { id } = await seedUser(db);
    const [before, elsewhere] = [await openSession(db, id), await openSession(db, id)];
    await openSession(db, id, { previousSessionId: before });
    expect(await findSessionUser(db, before)).toBeNull();
    expect(await findSessionUser(db, elsewhere)).not.toBeNull();
  });

  test('findSessionUser returns the current role of the user', async () => {
    const { id } = await seedUser(db, 'administrator');
    const session = await openSession(db, id);
    await db.user.update({ where: { id }, data: { role: 'viewer' } });
    expect(await findSessionUser(db, session)).toMatchObject({ role: 'viewer' });
  });
});

describe('signIn', () => {
  const guess = 'a wrong password';

  test('signIn counts all spellings of an email address together, and rejects even the right password at the limit', async () => {
    const { name } = await seedUser(db);
    const spellings = [name, ` ${name.toUpperCase()} `];
    const attempt = { address: '192.0.2.50', deviceCookie: undefined };
    for (let i = 0; i < signInLimits.accountFromAddress; i += 1)
      expect(await signIn(db, { ...attempt, email: spellings[i % 2] ?? '', password: guess })).toBeNull();
    await expect(signIn(db, { ...attempt, email: name, password })).rejects.toMatchObject({ status: 429 });
  });

  test('signIn accepts a known device while its address is blocked, and limits the attempts on the device', async () => {
    const { id, name } = await seedUser(db);
    const attempt = { address: '192.0.2.51', deviceCookie: rememberAccount(undefined, name) };
    for (let i = 0; i < signInLimits.address; i += 1)
      await countSignInAttempt({ email: `other-${i}@example.com`, address: attempt.address });
    await expect(signIn(db, { ...attempt, deviceCookie: undefined, email: name, password })).rejects.toMatchObject({ status: 429 });
    expect(await signIn(db, { ...attempt, email: name, password })).toMatchObject({ id });
    for (let i = 0; i < signInLimits.device; i += 1) expect(await signIn(db, { ...attempt, email: name, password: guess })).toBeNull();
    await expect(signIn(db, { ...attempt, email: name, password })).rejects.toMatchObject({ status: 429 });
  });
});

test.each([
  ['viewer', ['own_password', 'read']],
  ['merchandiser', ['own_password', 'read', 'write']],
  ['administrator', ['own_password', 'read', 'write', 'administer']],
] as const)('may grants the role %s the permissions %j', (role, granted) => {
  const all: Permission[] = ['own_password', 'read', 'write', 'administer'];
  expect(all.filter((permission) => may(role, permission))).toEqual(granted);
});
