import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { transaction } from '#lib/transaction';
import type { Actor } from '#lib/users/permissions';

/** How long an answer is kept for whoever asks again. */
export const keptHours = 24;

const keyText = 'Idempotency-Key takes 1 to 255 printable ASCII characters';

/** What a client calls one request by, so that asking it again makes nothing a second time. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, keyText);

/** A key, and all of the request it belongs to. */
export type KeyedRequest = { key: string; request: Uint8Array };
export type Answer = { status: number; text: string };

/**
 * Does `work` once for a client's key, in one transaction with the note of its answer; whoever asks the same
 * again within a day gets that answer. A refusal leaves nothing behind, and the key free. Throws `conflict` while
 * the first request is under way, and `unprocessable` when the key belongs to another request.
 */
export function once(
  db: Db,
  client: Actor,
  { key, request }: KeyedRequest,
  work: (tx: Db) => Promise<Answer>,
): Promise<Answer & { repeated: boolean }> {
  const requestSha256 = hash('sha256', request, 'buffer');
  return transaction(
    db,
    async (tx) => {
      await lock(tx, `${client.id} ${key}`);
      await forgetOldAnswers(tx);
      const [earlier] = await tx.$queryRaw<(Answer & { same: boolean })[]>`
        select status, answer as text, request_sha256 = ${requestSha256} as same from idempotency_keys
        where client_id = ${client.id}::uuid and key = ${key} and created_at > now() - make_interval(hours => ${keptHours})`;
      if (earlier && !earlier.same) throw new DomainError('unprocessable', 'This Idempotency-Key was used for another request');
      if (earlier) return { status: earlier.status, text: earlier.text, repeated: true };
      const { status, text } = await work(tx);
      await tx.$executeRaw`
        insert into idempotency_keys (client_id, key, request_sha256, status, answer)
        values (${client.id}::uuid, ${key}, ${requestSha256}, ${status}, ${text})
        on conflict (client_id, key) do update set
          request_sha256 = excluded.request_sha256, status = excluded.status, answer = excluded.answer, created_at = excluded.created_at`;
      return { status, text, repeated: false };
    },
    { timeout: 60_000 },
  );
}

/** Held until the transaction ends; whoever comes meanwhile is told so and does not wait. */
async function lock(tx: Db, name: string): Promise<void> {
  const number = hash('sha256', name, 'buffer').readBigInt64BE();
  const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${number}) as taken`;
  if (!lock?.taken) throw new DomainError('conflict', 'A request with this Idempotency-Key is under way');
}

/** A few at a time, and none that somebody else is at: no request waits for it. */
async function forgetOldAnswers(tx: Db): Promise<void> {
  await tx.$executeRaw`
    delete from idempotency_keys where (client_id, key) in (
      select client_id, key from idempotency_keys where created_at < now() - make_interval(hours => ${keptHours})
      order by created_at limit 100 for update skip locked
    )`;
}
