import { describe, expect, test } from 'vitest';
import { addCodes } from '#lib/codes/add';
import { removeCodes } from '#lib/codes/remove';
import { addCodesInput } from '#lib/codes/schema';
import { databaseRefusal } from '#lib/database/fault';
import { transaction } from '#lib/database/transaction';
import { connect } from '#lib/db';
import { callApi, seedClient } from '#lib/testing/api';
import { actor, administrator, databaseUrl, db, pool } from '#lib/testing/database';
import { eventually } from '#lib/testing/eventually';
import { seedPromotion, seedUser } from '#lib/testing/seed';
import { resetPassword } from '#lib/users/password/reset';
import { setUserEnabled } from '#lib/users/roles';

const names = (n: number, prefix: string) => Array.from({ length: n }, (_, i) => `${prefix}-${i}`);
const input = (codes: readonly string[]) => addCodesInput.parse({ codes: codes.map((code) => ({ code })) });

/** Makes PostgreSQL abort the first `times` inserts of a code with this prefix with the error of a deadlock. */
async function causeDeadlocks(prefix: string, times: number): Promise<void> {
  const counter = `deadlocks_of_${prefix}`;
  await pool.query(`
    create sequence ${counter};
    create function ${counter}() returns trigger language plpgsql as $$ begin
      if new.code like '${prefix}-%' and nextval('${counter}') <= ${times} then raise exception using errcode = 'deadlock_detected'; end if;
      return new;
    end $$;
    create trigger ${counter} before insert on promotion_codes for each row execute function ${counter}()`);
}

describe('transaction', () => {
  test('transaction commits after two attempts that ended in a deadlock', async () => {
    const { id } = await seedPromotion(db);
    await causeDeadlocks('twice', 2);
    await addCodes(db, actor, id, input(names(3, 'twice')));
    expect(await db.promotionCode.count({ where: { promotionId: id } })).toBe(3);
  });

  test('transaction throws a conflict when each attempt ends in a deadlock, and changes nothing', async () => {
    const { id } = await seedPromotion(db);
    await causeDeadlocks('always', 1_000);
    await expect(addCodes(db, actor, id, input(names(3, 'always')))).rejects.toMatchObject({ code: 'conflict' });
    expect(await db.promotionCode.count({ where: { promotionId: id } })).toBe(0);
  });

  test('transaction retries a nested transaction together with the outer one', async () => {
    let outer = 0;
    let inner = 0;
    const [first] = await transaction(db, async (tx) => {
      outer += 1;
      return transaction(tx, async (nested) => {
        inner += 1;
        if (inner === 1) await nested.$executeRaw`do $$ begin raise exception using errcode = 'serialization_failure'; end $$`;
        return nested.$queryRaw<{ one: number }[]>`select 1 as one`;
      });
    });
    expect({ first, outer, inner }).toEqual({ first: { one: 1 }, outer: 2, inner: 2 });
  });

  test('transaction does not retry after any other error', async () => {
    let tries = 0;
    const failing = transaction(db, async () => {
      tries += 1;
      throw new Error('a bug');
    });
    await expect(failing).rejects.toThrow('a bug');
    expect(tries).toBe(1);
  });
});

describe('the API', () => {
  test('the API answers a persistent deadlock with 409 and states that nothing was changed', async () => {
    const { token } = await seedClient(db);
    const { id } = await seedPromotion(db);
    await causeDeadlocks('api', 1_000);
    const { status, body } = await callApi(`/v2/promotions/${id}/codes`, { method: 'POST', token, body: { data: input(names(1, 'api')) } });
    expect({ status, errors: body.errors }).toMatchObject({
      status: 409,
      errors: [{ detail: expect.stringContaining('Nothing was changed') }],
    });
  });
});

// `$transaction` does not retry, so a deadlock fails these tests.
describe('the lock order', () => {
  test('the lock order allows adding the same codes to two promotions in opposite order', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const codes = names(3_000, `same-${round}`);
      const promotions = [await seedPromotion(db, { maxCodes: 10_000 }), await seedPromotion(db, { maxCodes: 10_000 })] as const;
      const results = await Promise.allSettled([
        db.$transaction((tx) => addCodes(tx, actor, promotions[0].id, input(codes)), { timeout: 30_000 }),
        db.$transaction((tx) => addCodes(tx, actor, promotions[1].id, input(codes.toReversed())), { timeout: 30_000 }),
      ]);
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(refused).toMatchObject([{ name: 'DomainError', code: 'conflict', problemCount: 3_000 }]);
    }
  });

  test('the lock order allows removing codes from one promotion while they are added to another in opposite order', {
    timeout: 60_000,
  }, async () => {
    const [from, to] = [await seedPromotion(db), await seedPromotion(db)];
    for (let round = 0; round < 5; round += 1) {
      const codes = names(500, `moved-${round}`);
      await addCodes(db, actor, from.id, input(codes));
      const [removed, added] = await Promise.allSettled([
        db.$transaction((tx) => removeCodes(tx, actor, from.id, input(codes.toReversed()))),
        db.$transaction((tx) => addCodes(tx, actor, to.id, input(codes))),
      ]);
      expect(removed.status).toBe('fulfilled');
      if (added.status === 'rejected') expect(added.reason).toMatchObject({ name: 'DomainError', code: 'conflict' });
      else await removeCodes(db, actor, to.id, input(codes));
    }
  });

  test('the lock order allows one administrator to reset a password while another disables the same user', async () => {
    const other = connect(databaseUrl, 2);
    await seedUser(db, 'administrator');
    const { id: userId } = await seedUser(db);
    const session = await db.session.create({ data: { userId, expiresAt: new Date(0) } });
    // Locks the session until both calls wait for it.
    const held = await pool.connect();
    await held.query('begin');
    await held.query('select from sessions where id = $1 for update', [session.id]);
    const both = Promise.allSettled([
      other.db.$transaction((tx) => setUserEnabled(tx, administrator, { userId, on: false })),
      other.db.$transaction((tx) => resetPassword(tx, administrator, { userId })),
    ]);
    await eventually('both calls to wait', async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await pool.query(waiting)).rowCount === 2;
    });
    await held.query('rollback');
    held.release();
    expect((await both).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await other.close();
  });
});

describe('databaseRefusal', () => {
  test('databaseRefusal reports a transaction that took too long as a slow database, not an unreachable one', async () => {
    const error: unknown = await db
      .$transaction(
        async (tx) => {
          await tx.$executeRaw`select pg_sleep(0.3)`;
          await tx.$executeRaw`select`;
        },
        { timeout: 100 },
      )
      .catch((error: unknown) => error);
    expect(databaseRefusal(error)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('too long') });
  });

  test('databaseRefusal reports a cancelled statement as a slow database', async () => {
    const error: unknown = await db
      .$transaction(async (tx) => {
        await tx.$executeRaw`set local statement_timeout = 50`;
        await tx.$executeRaw`select pg_sleep(1)`;
      })
      .catch((error: unknown) => error);
    expect(databaseRefusal(error)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('too long') });
  });
});
