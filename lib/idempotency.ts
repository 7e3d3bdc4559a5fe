import { hash } from 'node:crypto';
import { z } from 'zod';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { type Answer, deleteOldAnswers, readAnswer, storeAnswer, tryLock, waitForLock } from '#lib/idempotency.sql';
import type { Actor } from '#lib/users/permissions';

const keyText = 'Idempotency-Key takes 1 to 255 printable ASCII characters';

export { type Answer, keptHours } from '#lib/idempotency.sql';

/** The key that an API client or a form gives to one request, so that a repetition creates nothing. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, keyText);

/** A key and the whole request that it belongs to. */
export type KeyedRequest = {
  key: string;
  request: string | Uint8Array;
  /** The effect of a repetition while the first request is in progress. */
  whileBusy: 'refuse' | 'wait';
};

/**
 * Runs `work` once for an actor's key. The answer is stored in the transaction of `work`, and a repetition within a day returns the
 * stored answer. A refusal stores nothing and leaves the key free. Throws `conflict` while the first request is in progress (with
 * `whileBusy: 'refuse'`), and `unprocessable` when the key belongs to another request.
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
      await deleteOldAnswers(tx);
      const earlier = await readAnswer(tx, { actorId: actor.id, key, requestSha256 });
      if (earlier && !earlier.same) throw new DomainError('unprocessable', 'This Idempotency-Key was used for another request');
      if (earlier) return { status: earlier.status, text: earlier.text, repeated: true };
      const { status, text } = await work(tx);
      await storeAnswer(tx, { actorId: actor.id, key, requestSha256 }, { status, text });
      return { status, text, repeated: false };
    },
    { timeout: 60_000 },
  );
}

async function lock(tx: Db, name: string, whileBusy: KeyedRequest['whileBusy']): Promise<void> {
  if (whileBusy === 'wait') return waitForLock(tx, name);
  if (!(await tryLock(tx, name))) throw new DomainError('conflict', 'A request with this Idempotency-Key is under way');
}
