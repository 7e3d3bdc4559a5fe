import { hash } from 'node:crypto';
import { z } from 'zod';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';

/** How long a key is good for one request only. */
export const keptHours = 24;

const keyText = 'Idempotency-Key takes 1 to 255 printable ASCII characters';

/** The name that an API client, or a form, gives to one request, so that a repetition creates nothing. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, keyText);

/** A key, and all of the request it belongs to. */
export type KeyedRequest = {
  key: string;
  request: string | Uint8Array;
  /** What a repetition does while the first request is still at work. */
  whileBusy: 'refuse' | 'wait';
};
export type Answer = { status: number; text: string };

/**
 * Does `work` once for an actor's key. The answer is stored in the transaction of what `work` creates; a repetition
 * within a day gets the stored answer. A refusal stores nothing and leaves the key free. Throws `conflict` while the
 * first request is at work (with `whileBusy: 'refuse'`), and `unprocessable` when the key belongs to another request.
 */
export function idempotent(
  db: Db,
  actor: Actor,
  { key, request, whileBusy }: KeyedRequest,
  work: (tx: Db) => Promise<Answer>,
): Promise<Answer & { repeated: boolean }> {
  const requestSha256 = hash('sha256', request, 'buffer');
  return transaction(
    db,
    async (tx) => {
      await lock(tx, `${actor.id} ${key}`, whileBusy);
      await forgetOldAnswers(tx);
      const [earlier] = await tx.$queryRaw<(Answer & { same: boolean })[]>`
        select status, answer as text, request_sha256 = ${requestSha256} as same from idempotency_keys
        where actor_id = ${actor.id}::uuid and key = ${key} and created_at > now() - make_interval(hours => ${keptHours})`;
      if (earlier && !earlier.same) throw new DomainError('unprocessable', 'This Idempotency-Key was used for another request');
      if (earlier) return { status: earlier.status, text: earlier.text, repeated: true };
      const { status, text } = await work(tx);
      await tx.$executeRaw`
        insert into idempotency_keys (actor_id, key, request_sha256, status, answer)
        values (${actor.id}::uuid, ${key}, ${requestSha256}, ${status}, ${text})
        on conflict (actor_id, key) do update set
          request_sha256 = excluded.request_sha256, status = excluded.status, answer = excluded.answer, created_at = excluded.created_at`;
      return { status, text, repeated: false };
    },
    { timeout: 60_000 },
  );
}

/** Held until the transaction ends. */
async function lock(tx: Db, name: string, whileBusy: KeyedRequest['whileBusy']): Promise<void> {
  const number = hash('sha256', name, 'buffer').readBigInt64BE();
  if (whileBusy === 'wait') {
    await tx.$executeRaw`select pg_advisory_xact_lock(${number})`;
    return;
  }
  const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${number}) as taken`;
  if (!lock?.taken) throw new DomainError('conflict', 'A request with this Idempotency-Key is under way');
}

/** A few at a time, and none that another request holds, so that no request waits here. */
async function forgetOldAnswers(tx: Db): Promise<void> {
  await tx.$executeRaw`
    delete from idempotency_keys where (actor_id, key) in (
      select actor_id, key from idempotency_keys where created_at < now() - make_interval(hours => ${keptHours})
      order by created_at limit 100 for update skip locked
    )`;
}
