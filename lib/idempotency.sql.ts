import { hash } from 'node:crypto';
import { z } from 'zod';
import { readRow, readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/** The time for which a key belongs to its first request. */
export const keptHours = 24;

export type Answer = { status: number; text: string };

type StoredKey = { actorId: string; key: string; requestSha256: Buffer<ArrayBuffer> };

/** The stored answer of a key. `same` is false when the key belongs to another request. */
export async function readAnswer(tx: Db, { actorId, key, requestSha256 }: StoredKey): Promise<(Answer & { same: boolean }) | undefined> {
  const [answer] = await readRows(
    tx,
    z.object({ status: z.int(), text: z.string(), same: z.boolean() }),
    Prisma.sql`
    select status, answer as text, request_sha256 = ${requestSha256} as same from idempotency_keys
    where actor_id = ${actorId}::uuid and key = ${key} and created_at > now() - make_interval(hours => ${keptHours})`,
  );
  return answer;
}

export async function storeAnswer(tx: Db, { actorId, key, requestSha256 }: StoredKey, { status, text }: Answer): Promise<void> {
  await tx.$executeRaw`
    insert into idempotency_keys (actor_id, key, request_sha256, status, answer)
    values (${actorId}::uuid, ${key}, ${requestSha256}, ${status}, ${text})
    on conflict (actor_id, key) do update set
      request_sha256 = excluded.request_sha256, status = excluded.status, answer = excluded.answer, created_at = excluded.created_at`;
}

/** Waits for the lock `name` and holds it until `tx` ends. */
export async function waitForLock(tx: Db, name: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${lockNumber(name)})`;
}

/** Acquires the lock `name` until `tx` ends. Returns false when another transaction holds it. */
export async function tryLock(tx: Db, name: string): Promise<boolean> {
  const { acquired } = await readRow(
    tx,
    z.object({ acquired: z.boolean() }),
    Prisma.sql`select pg_try_advisory_xact_lock(${lockNumber(name)}) as acquired`,
  );
  return acquired;
}

function lockNumber(name: string): bigint {
  return hash('sha256', name, 'buffer').readBigInt64BE();
}

/** Deletes up to 100 expired answers. Skips those that another request has locked, so that no request waits. */
export async function deleteOldAnswers(tx: Db): Promise<void> {
  await tx.$executeRaw`
    delete from idempotency_keys where (actor_id, key) in (
      select actor_id, key from idempotency_keys where created_at < now() - make_interval(hours => ${keptHours})
      order by created_at limit 100 for update skip locked
    )`;
}
