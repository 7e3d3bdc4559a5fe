import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '#lib/testing/database';
import { password, seedUser } from '#lib/testing/seed';
import { createUser } from '#lib/users/create';
import { changeOwnPassword } from '#lib/users/password/change';
import { resetPassword } from '#lib/users/password/reset';
import type { Actor } from '#lib/users/permissions';
import { listUsers } from '#lib/users/query';
import { changeRole, setExportDownloads, setUserEnabled } from '#lib/users/roles';
import { createUserInput } from '#lib/users/schema';
import { authenticate } from '#lib/users/sign-in/authenticate';
import { endOwnSession, findSessionUser, openSession } from '#lib/users/sign-in/session';
import { listOwnSessions } from '#lib/users/sign-in/session.sql';
import { signInLimits } from '#lib/users/sign-in/throttle';

// Administrators manage users; each user manages the own password and sessions.

let admin: Actor;
let ana: Actor;

beforeEach(async () => {
  await db.user.deleteMany();
  await db.rateLimit.deleteMany();
  admin = await seedUser(db, 'administrator');
  ana = await seedUser(db, 'merchandiser');
});

const roleOf = async ({ id }: Actor) => (await db.user.findUniqueOrThrow({ where: { id } })).role;
const last = { status: 422, problems: [{ detail: expect.stringContaining('last administrator') }] };

test('changeRole throws a conflict when another administrator has changed the role since it was read', async () => {
  await changeRole(db, admin, { userId: ana.id, role: 'viewer', read: { role: 'merchandiser' } });
  const second = changeRole(db, admin, { userId: ana.id, role: 'administrator', read: { role: 'merchandiser' } });
  await expect(second).rejects.toMatchObject({ status: 409, problems: [{ detail: expect.stringContaining('viewer in the meantime') }] });
  expect(await roleOf(ana)).toBe('viewer');
  await changeRole(db, admin, { userId: ana.id, role: 'viewer', read: { role: 'merchandiser' } });
});

describe('createUser', () => {
  const nils = { email: ' Nils@Example.com', name: 'Nils', role: 'viewer' };

  test('createUser generates a password, returns it once, and accepts it at sign-in', async () => {
    const { email, generatedPassword = '' } = await createUser(db, admin, createUserInput.parse(nils));
    expect(await authenticate(db, email, generatedPassword)).toMatchObject({ email: 'nils@example.com', name: 'Nils' });
  });

  test('createUser does not return a chosen password', async () => {
    expect(await createUser(db, admin, createUserInput.parse({ ...nils, password: 'a password of mine' }))).toEqual({
      email: 'nils@example.com',
    });
    expect(await authenticate(db, 'nils@example.com', 'a password of mine')).not.toBeNull();
  });

  test('createUser rejects an existing email address in any case', async () => {
    const again = createUserInput.parse({ ...nils, email: ana.name.toUpperCase() });
    await expect(createUser(db, admin, again)).rejects.toMatchObject({ status: 400, problems: [{ source: 'email' }] });
  });

  test.each([{ email: 'no-address' }, { name: ' ' }, { role: 'owner' }, { password: 'short' }])('createUser rejects %j', (given) => {
    const { error } = createUserInput.safeParse({ ...nils, ...given });
    expect(error?.issues.map(({ path }) => path[0])).toEqual(Object.keys(given));
  });
});

describe('changeRole', () => {
  test('changeRole changes the role from the next request on', async () => {
    const session = await openSession(db, ana.id);
    await changeRole(db, admin, { userId: ana.id, role: 'viewer' });
    expect(await findSessionUser(db, session)).toMatchObject({ role: 'viewer' });
  });

  test("changeRole rejects the actor's own role", async () => {
    await seedUser(db, 'administrator');
    await expect(changeRole(db, admin, { userId: admin.id, role: 'viewer' })).rejects.toMatchObject({ status: 422 });
    expect(await roleOf(admin)).toBe('administrator');
  });

  test('changeRole rejects the demotion of the last enabled administrator', async () => {
    const off = await seedUser(db, 'administrator');
    await setUserEnabled(db, admin, { userId: off.id, on: false });
    await expect(changeRole(db, off, { userId: admin.id, role: 'viewer' })).rejects.toMatchObject(last);
  });

  test('changeRole and setUserEnabled keep one of two administrators who demote and disable each other at once', async () => {
    for (let round = 0; round < 10; round++) {
      await db.user.deleteMany();
      const [one, two] = [await seedUser(db, 'administrator'), await seedUser(db, 'administrator')];
      const both = [changeRole(db, one, { userId: two.id, role: 'viewer' }), setUserEnabled(db, two, { userId: one.id, on: false })];
      const outcomes = (await Promise.allSettled(both)).map(({ status }) => status).sort();
      expect(outcomes).toEqual(['fulfilled', 'rejected']);
      expect(await db.user.count({ where: { role: 'administrator', disabledAt: null } })).toBe(1);
    }
  });
});

describe('setUserEnabled', () => {
  test('setUserEnabled ends the sessions of a disabled user, and an enabled user can sign in again', async () => {
    const session = await openSession(db, ana.id);
    await setUserEnabled(db, admin, { userId: ana.id, on: false });
    expect(await findSessionUser(db, session)).toBeNull();
    expect(await authenticate(db, ana.name, password)).toBeNull();
    await setUserEnabled(db, admin, { userId: ana.id, on: true });
    expect(await findSessionUser(db, session)).toBeNull();
    expect(await authenticate(db, ana.name, password)).not.toBeNull();
  });

  test('setUserEnabled rejects the actor, the last administrator and an unknown user', async () => {
    await expect(setUserEnabled(db, admin, { userId: admin.id, on: false })).rejects.toMatchObject({ status: 422 });
    await expect(setUserEnabled(db, ana, { userId: admin.id, on: false })).rejects.toMatchObject(last);
    const userId = '00000000-0000-4000-8000-000000000000';
    await expect(setUserEnabled(db, admin, { userId, on: false })).rejects.toMatchObject({ status: 404 });
  });
});

describe('a password that an administrator set', () => {
  const mustChange = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).mustChangePassword;

  test('a password set by createUser or resetPassword must be changed by changeOwnPassword', async () => {
    for (const chosen of [undefined, 'kettle orbit violin']) {
      const email = `new-${chosen ? 'chosen' : 'generated'}@example.com`;
      const { generatedPassword } = await createUser(
        db,
        admin,
        createUserInput.parse({ email, name: 'New', role: 'viewer', password: chosen }),
      );
      const { id } = await db.user.findUniqueOrThrow({ where: { email } });
      expect(await mustChange(id)).toBe(true);
      const input = { current_password: generatedPassword ?? chosen ?? '', new_password: 'a password of mine' };
      await changeOwnPassword(db, { id, name: email, role: 'viewer' }, input);
      expect(await mustChange(id)).toBe(false);
      await resetPassword(db, admin, { userId: id, password: chosen });
      expect(await mustChange(id)).toBe(true);
    }
  });

  test('changeOwnPassword rejects the current password as the new one', async () => {
    await resetPassword(db, admin, { userId: ana.id, password: 'kettle orbit violin' });
    const same = { current_password: 'kettle orbit violin', new_password: 'kettle orbit violin' };
    await expect(changeOwnPassword(db, ana, same)).rejects.toMatchObject({ status: 400, problems: [{ source: 'new_password' }] });
    expect(await mustChange(ana.id)).toBe(true);
  });
});

test('createUser, resetPassword and changeOwnPassword reject a password that is easy to guess, at its field', async () => {
  const local = ana.name.split('@')[0] ?? '';
  for (const guess of ['Password1234', 'Promint-Promint', `${local}-2026`]) {
    const refused = (source: string) => ({ status: 400, problems: [{ source }] });
    const created = createUserInput.parse({ email: `${local}@elsewhere.example`, name: 'X', role: 'viewer', password: guess });
    await expect(createUser(db, admin, created)).rejects.toMatchObject(refused('password'));
    await expect(resetPassword(db, admin, { userId: ana.id, password: guess })).rejects.toMatchObject(refused('password'));
    const changed = changeOwnPassword(db, ana, { current_password: password, new_password: guess });
    await expect(changed).rejects.toMatchObject(refused('new_password'));
  }
  expect(await db.user.count({ where: { email: `${local}@elsewhere.example` } })).toBe(0);
  expect(await authenticate(db, ana.name, password)).not.toBeNull();
});

test('setExportDownloads changes another user and rejects the actor', async () => {
  const allowed = async ({ id }: Actor) => (await db.user.findUniqueOrThrow({ where: { id } })).canDownloadExports;
  expect(await allowed(ana)).toBe(true);
  await setExportDownloads(db, admin, { userId: ana.id, allowed: false });
  expect(await allowed(ana)).toBe(false);
  await expect(setExportDownloads(db, admin, { userId: admin.id, allowed: false })).rejects.toMatchObject({ status: 422 });
  const userId = '00000000-0000-4000-8000-000000000000';
  await expect(setExportDownloads(db, admin, { userId, allowed: false })).rejects.toMatchObject({ status: 404 });
  const off = createUserInput.parse({ email: 'nils@example.com', name: 'Nils', role: 'viewer', can_download_exports: false });
  await createUser(db, admin, off);
  expect(await db.user.findUniqueOrThrow({ where: { email: off.email } })).toMatchObject({ canDownloadExports: false });
});

describe('listOwnSessions', () => {
  test('listOwnSessions returns browser, address and times, the last used first, and endOwnSession ends one', async () => {
    const old = await openSession(db, ana.id, { userAgent: 'Old Browser', address: '192.0.2.1' });
    await db.$executeRaw`update sessions set last_seen_at = now() - interval '3 hours' where id = ${old}::uuid`;
    const current = await openSession(db, ana.id);
    await openSession(db, admin.id);
    const listed = await listOwnSessions(db, ana);
    expect(listed).toMatchObject([
      { id: current, userAgent: null, address: null },
      { id: old, userAgent: 'Old Browser', address: '192.0.2.1', createdAt: expect.any(Date), lastSeenAt: expect.any(Date) },
    ]);
    await endOwnSession(db, ana, { session_id: old });
    expect(await findSessionUser(db, old)).toBeNull();
    expect(await findSessionUser(db, current)).not.toBeNull();
    await expect(endOwnSession(db, ana, { session_id: old })).rejects.toMatchObject({ status: 404 });
  });

  test('listOwnSessions and endOwnSession exclude sessions of other users', async () => {
    const session = await openSession(db, admin.id);
    await expect(endOwnSession(db, ana, { session_id: session })).rejects.toMatchObject({ status: 404 });
    expect(await findSessionUser(db, session)).not.toBeNull();
  });
});

describe('a new password', () => {
  test('resetPassword invalidates the old password and all sessions', async () => {
    const session = await openSession(db, ana.id);
    const { generatedPassword = '' } = await resetPassword(db, admin, { userId: ana.id });
    expect(await findSessionUser(db, session)).toBeNull();
    expect(await authenticate(db, ana.name, password)).toBeNull();
    expect(await authenticate(db, ana.name, generatedPassword)).not.toBeNull();
  });

  test('changeOwnPassword requires the current password and ends all sessions', async () => {
    const session = await openSession(db, ana.id);
    const wrong = { current_password: 'a wrong one', new_password: 'a password of mine' };
    await expect(changeOwnPassword(db, ana, wrong)).rejects.toMatchObject({ problems: [{ source: 'current_password' }] });
    expect(await findSessionUser(db, session)).not.toBeNull();
    await changeOwnPassword(db, ana, { ...wrong, current_password: password });
    expect(await findSessionUser(db, session)).toBeNull();
    expect(await authenticate(db, ana.name, 'a password of mine')).not.toBeNull();
    await expect(resetPassword(db, ana, { userId: ana.id })).rejects.toMatchObject({ status: 422 });
  });

  test('changeOwnPassword limits wrong passwords within a session', async () => {
    const wrong = { current_password: 'a wrong one', new_password: 'a password of mine' };
    for (let i = 0; i < signInLimits.device; i++) await changeOwnPassword(db, ana, wrong).catch(() => {});
    await expect(changeOwnPassword(db, ana, { ...wrong, current_password: password })).rejects.toMatchObject({ status: 429 });
  });
});

test('listUsers returns enabled users first, sorted by name', async () => {
  await setUserEnabled(db, admin, { userId: ana.id, on: false });
  const nils = await createUser(db, admin, createUserInput.parse({ email: 'nils@example.com', name: 'Aaron', role: 'viewer' }));
  expect((await listUsers(db)).map(({ email }) => email)).toEqual([nils.email, admin.name, ana.name]);
});
