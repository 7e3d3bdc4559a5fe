import type { PoolClient } from 'pg';
import { describe, expect, it } from 'vitest';
import { addCodes } from '#lib/codes/add';
import { blockOf } from '#lib/codes/generator/block';
import { DomainError } from '#lib/errors';
import { createJob } from '#lib/jobs/create';
import { type RollbackEnd, rollback } from '#lib/jobs/engine/rollback';
import { claim, type Run } from '#lib/jobs/engine/run.sql';
import { watchRun } from '#lib/jobs/engine/watch';
import { removeNewestCodes } from '#lib/jobs/types/generate/rollback.sql';
import type { GenerateSettings } from '#lib/jobs/types/generate/settings';
import { sliceOf, type Written, writeSlice } from '#lib/jobs/types/generate/slice';
import { actor, db, pool } from '#lib/testing/database';
import { seedDeletion } from '#lib/testing/deletion';
import { seedPromotion } from '#lib/testing/seed';

const settings: GenerateSettings = { numberOfCodes: 5, consumeUnit: 'per_cart', maxUsesPerCode: null, codeLength: 8, codePrefix: null };

async function runOf(numberOfCodes: number) {
  const promotion = await seedPromotion(db, { maxCodes: 12_000 });
  const parameters = { number_of_codes: numberOfCodes, consume_unit: 'per_cart', code_length: 8 } as const;
  const { id } = await createJob(db, actor, promotion.id, { job_type: 'code_generate', parameters });
  const run = await claim(pool, id);
  if (!run) throw new Error('the job could not be claimed');
  return run;
}

async function withClient<T>(use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await use(client);
  } finally {
    client.release();
  }
}

function write(run: Run, codes: string[], given: GenerateSettings = settings, repeats: string[] = []): Promise<Written> {
  const batches = [codes.slice(0, 5_000), codes.slice(5_000)].map(blockOf);
  const slice = sliceOf(run, given, codes.length + repeats.length, { batches, repeats });
  return withClient((client) => writeSlice(client, run, given, slice, () => {}));
}

async function ended(run: Run): Promise<RollbackEnd | null> {
  const watch = watchRun(pool, run, false, new AbortController().signal);
  try {
    return await withClient((client) => rollback(client, run, watch, removeNewestCodes));
  } finally {
    watch.end();
  }
}

describe('writeSlice', () => {
  it('writeSlice stores every combination of the settings of a job', async () => {
    const claimed = await runOf(4);
    const run = { ...claimed, createdBy: 'Zoë\t\\N\n"日本" 🎁' };
    await write(run, ['2323-aaaa', '2323-bbbb'], { ...settings, maxUsesPerCode: 0, consumeUnit: 'per_item' });
    await write(run, ['2424-aaaa'], { ...settings, maxUsesPerCode: 2_147_483_647 });
    await write(run, ['2525-aaaa']);
    const of = { promotionId: run.promotionId, jobId: run.id, createdBy: run.createdBy, user: null };
    expect(await db.promotionCode.findMany({ where: { jobId: run.id }, orderBy: { id: 'asc' } })).toMatchObject([
      { ...of, code: '2323-aaaa', consumeUnit: 'per_item', maxUses: 0, uses: 0 },
      { ...of, code: '2323-bbbb', consumeUnit: 'per_item', maxUses: 0, uses: 0 },
      { ...of, code: '2424-aaaa', consumeUnit: 'per_cart', maxUses: 2_147_483_647, uses: 2_147_483_647 },
      { ...of, code: '2525-aaaa', consumeUnit: 'per_cart', maxUses: null, uses: null },
    ]);
  });

  it('writeSlice reuses codes of a promotion that is being deleted and skips codes of other promotions on every insert path', async () => {
    const { promotionId, prefix } = await seedDeletion(db, actor);
    const run = await runOf(5);
    // Codes of one COPY have the same length.
    const of = (n: number) => `${prefix}-${n}`;
    const existing = ['b', 'c'].map((end) => `${'2'.repeat(prefix.length)}-${end}`);
    await write(await runOf(2), existing);
    // One collision of COPY, two collisions of `on conflict`, and one possible repeat.
    const copied = await write(run, [of(1).toUpperCase()]);
    expect(copied).toMatchObject({ inserted: 1, generated: 1 });
    const mixed = await write(run, [...existing, of(2), of(3)], settings, [of(4)]);
    expect(mixed).toMatchObject({ inserted: 3, generated: 4 });
    const codes = await db.promotionCode.findMany({ where: { jobId: run.id }, orderBy: { code: 'asc' } });
    expect(codes.map(({ code }) => code.toLowerCase())).toEqual([of(1), of(2), of(3), of(4)]);
    expect(await db.promotionCode.count({ where: { promotionId, code: { in: [of(1), of(2), of(3), of(4)] } } })).toBe(0);
  });

  it('writeSlice skips and counts existing codes regardless of case', async () => {
    const other = await runOf(2);
    await write(other, ['2222-AAAA', '3333-bbbb']);
    const run = await runOf(3);
    const written = await write(run, ['2222-aaaa', '3333-BBBB', '4444-cccc']);
    expect(written).toEqual({ generated: 1, status: 'processing', inserted: 1, existing: 2 });
    expect(await db.promotionJob.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ generated: 1, duplicatesAvoided: 2 });
  });

  it('writeSlice inserts a possible repeat that is new and counts one that exists', async () => {
    await write(await runOf(1), ['bbbb-2222']);
    const run = await runOf(3);
    const written = await write(run, ['bbbb-4444'], settings, ['bbbb-2222', 'bbbb-3333']);
    expect(written).toEqual({ generated: 2, status: 'processing', inserted: 2, existing: 0 });
    expect(await db.promotionJob.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ generated: 2, duplicatesAvoided: 1 });
  });

  it('writeSlice completes the job with its last code', async () => {
    const run = await runOf(2);
    const written = await write(run, ['5555-aaaa', '5555-bbbb']);
    expect(written).toMatchObject({ status: 'completed', generated: 2 });
    expect((await db.promotionJob.findUniqueOrThrow({ where: { id: run.id } })).finishedAt).not.toBeNull();
  });

  it('writeSlice writes nothing for a run that was replaced', async () => {
    const stale = await runOf(2);
    await pool.query(`update promotion_jobs set run_seen_at = now() - interval '1 minute' where id = $1`, [stale.id]);
    expect(await claim(pool, stale.id)).toMatchObject({ crashes: 1 });
    expect(await write(stale, ['6666-aaaa'])).toBeNull();
    expect(await ended(stale)).toBeNull();
    expect(await db.promotionCode.count({ where: { jobId: stale.id } })).toBe(0);
  });

  it('writeSlice writes nothing for a job that is being cancelled', async () => {
    const run = await runOf(2);
    await pool.query(`update promotion_jobs set status = 'cancelling' where id = $1`, [run.id]);
    expect(await write(run, ['7777-aaaa'])).toBeNull();
    expect(await ended(run)).toEqual({ status: 'cancelled', deleted: 0 });
  });

  it('claim returns null for a job with a live run', async () => {
    const run = await runOf(2);
    expect(await claim(pool, run.id)).toBeNull();
  });

  it('writeSlice does not deadlock with another slice of the same codes', async () => {
    const [one, two] = [await runOf(1_000), await runOf(1_000)];
    const many = { ...settings, numberOfCodes: 1_000 };
    const codes = Array.from({ length: 900 }, (_, i) => `8888-${1000 + i}`);
    const [first, second] = await Promise.all([one, two].map((run) => write(run, codes, many)));
    expect((first?.inserted ?? 0) + (second?.inserted ?? 0)).toBe(900);
  });

  it('writeSlice skips the one existing code among several batches', async () => {
    const many = { ...settings, numberOfCodes: 12_000 };
    const codes = Array.from({ length: 12_000 }, (_, i) => `9999-${10_000 + i}`);
    await write(await runOf(1), codes.slice(7_000, 7_001));
    expect(await write(await runOf(12_000), codes, many)).toMatchObject({ generated: 11_999, inserted: 11_999 });
  });

  it('writeSlice does not deadlock with addCodes for the same codes', async () => {
    const run = await runOf(1_000);
    const codes = Array.from({ length: 900 }, (_, i) => `aaaa-${1000 + i}`);
    const reversed = codes.toReversed().map((code) => ({ code, consume_unit: 'per_cart' as const }));
    const added = addCodes(db, actor, run.promotionId, { codes: reversed }).then(
      () => 900,
      (error: unknown) => (error instanceof DomainError && error.code === 'conflict' ? 0 : Promise.reject(error)),
    );
    const written = await write(run, codes, { ...settings, numberOfCodes: 1_000 });
    expect((written?.inserted ?? 0) + (await added)).toBe(900);
  });
});
