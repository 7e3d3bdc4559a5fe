import { describe, expect, it } from 'vitest';
import { addCodes } from '#lib/codes/add';
import { freeCodes } from '#lib/codes/free.sql';
import { work } from '#lib/jobs/engine/work';
import { jobHandlers } from '#lib/jobs/types/handlers';
import { promotionLimits } from '#lib/promotions/schema';
import { actor, db, pool } from '#lib/testing/database';
import { seedDeletion } from '#lib/testing/deletion';
import { eventually } from '#lib/testing/eventually';
import { seedPromotion } from '#lib/testing/seed';

const many = promotionLimits.codesDeletedAtOnce + 1;

const beginDeletion = () => seedDeletion(db, actor);

/** Works on the job in this process until the run ends, and returns the job's row. */
async function worked(jobId: string) {
  await work({ copy: pool, heartbeat: pool }, jobHandlers, jobId, new AbortController().signal);
  return db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
}

describe('the codes of a promotion that is being deleted', () => {
  const code = (text: string) => ({ code: text, consume_unit: 'per_cart' }) as const;

  it('codes of a promotion that is being deleted can be added to another promotion at once, in any case', async () => {
    const { promotionId, jobId, prefix } = await beginDeletion();
    const [other, third] = [await seedPromotion(db), await seedPromotion(db)];
    await addCodes(db, actor, other.id, { codes: [code(`${prefix}-2`.toUpperCase()), code(`${prefix}-1`)] });
    await expect(addCodes(db, actor, third.id, { codes: [code(`${prefix}-1`), code(`${prefix}-3`)] })).rejects.toMatchObject({
      status: 409,
      problems: [{ source: 'codes.0.code' }],
    });
    expect(await db.promotion.findUnique({ where: { id: other.id } })).toMatchObject({ codeCount: 2 });
    expect(await worked(jobId)).toMatchObject({ status: 'completed', deleted: many - 2, total: many });
    expect(await db.promotion.count({ where: { id: promotionId } })).toBe(0);
    expect(await db.promotionCode.count({ where: { promotionId: other.id } })).toBe(2);
  });

  it('codes of a promotion that is being deleted stay when the transaction that takes them is rolled back', async () => {
    const { promotionId, prefix } = await beginDeletion();
    const small = await seedPromotion(db, { maxCodes: 1 });
    const two = [code(`${prefix}-1`), code(`${prefix}-2`)];
    await expect(addCodes(db, actor, small.id, { codes: two })).rejects.toMatchObject({ status: 400 });
    expect(await db.promotionCode.count({ where: { promotionId } })).toBe(many);
  });

  it('a slice of a deletion does not wait for codes that another transaction takes, and the job completes after it', async () => {
    const { promotionId, jobId, prefix } = await beginDeletion();
    const taker = await pool.connect();
    await taker.query('begin');
    expect((await taker.query(freeCodes, [[`${prefix}-1`, `${prefix}-7000`]])).rowCount).toBe(2);
    const done = worked(jobId);
    await eventually('all other codes to be deleted', async () => {
      const { deleted } = await db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
      return deleted === many - 2;
    });
    await taker.query('rollback');
    taker.release();
    expect(await done).toMatchObject({ status: 'completed', deleted: many });
    expect(await db.promotion.count({ where: { id: promotionId } })).toBe(0);
  });

  it('only one of many simultaneous calls can take the codes of a promotion that is being deleted', async () => {
    const { jobId, prefix } = await beginDeletion();
    const promotions = await Promise.all(Array.from({ length: 4 }, () => seedPromotion(db)));
    const list = Array.from({ length: 200 }, (_, i) => code(`${prefix}-${i + 1}`));
    const outcomes = await Promise.allSettled([
      ...promotions.map(({ id }, i) => addCodes(db, actor, id, { codes: i % 2 ? list : list.toReversed() })),
      worked(jobId),
    ]);
    expect(outcomes.slice(0, 4).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ status: 409 });
    expect(await db.promotionCode.count({ where: { promotionId: { in: promotions.map(({ id }) => id) } } })).toBe(200);
    expect(await db.promotionJob.findUnique({ where: { id: jobId } })).toMatchObject({ status: 'completed' });
  });
});
