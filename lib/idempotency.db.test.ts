import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Db } from '#lib/db';
import { type Answer, idempotent } from '#lib/idempotency';
import { createPromotion } from '#lib/promotions/creation/create';
import { createPromotionInput } from '#lib/promotions/schema';
import { actor, administrator, db } from '#lib/testing/database';

// The API rejects a repetition while the first request is in progress (lib/api/idempotency.db.test.ts); forms wait for the result.

const submission = (key: string, request = 'the same') => ({ key, request, whileBusy: 'wait' }) as const;

const promotion = createPromotionInput.parse({
  name: 'Once',
  promotion_type: 'percent_discount',
  schema: { currencies: [{ percentage: '10', currency: 'USD' }] },
  start: '2026-05-01',
  end: '2026-06-01',
});

/** Creates a promotion, and counts its calls. */
function creation() {
  const created: string[] = [];
  const work = async (tx: Db): Promise<Answer> => {
    const { id } = await createPromotion(tx, actor, promotion);
    created.push(id);
    return { status: 200, text: id };
  };
  return { created, work };
}

test('idempotent runs the work once for ten simultaneous submissions with one key, and returns its answer to all', async () => {
  const { created, work } = creation();
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => idempotent(db, actor, submission(key), work)));
  expect(created).toHaveLength(1);
  expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(created));
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
});

test('idempotent separates the keys of two users', async () => {
  const { created, work } = creation();
  const key = randomUUID();
  await idempotent(db, actor, submission(key), work);
  await idempotent(db, administrator, submission(key), work);
  expect(created).toHaveLength(2);
});

test('idempotent rejects a key that was used for another request', async () => {
  const { work } = creation();
  const key = randomUUID();
  await idempotent(db, actor, submission(key), work);
  await expect(idempotent(db, actor, submission(key, 'another'), work)).rejects.toMatchObject({ code: 'unprocessable' });
});

test('idempotent accepts the key again after the work failed', async () => {
  const { created, work } = creation();
  const key = randomUUID();
  const failing = async (tx: Db): Promise<Answer> => {
    await tx.$queryRaw`select 1 / 0`;
    return { status: 200, text: '' };
  };
  await expect(idempotent(db, actor, submission(key), failing)).rejects.toThrow();
  expect(await idempotent(db, actor, submission(key), work)).toMatchObject({ repeated: false, text: created[0] });
});
