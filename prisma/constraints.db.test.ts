import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { jobDefinitions } from '#lib/jobs/types/registry';
import { db, pool } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';
import type { JobError, JobStatus } from '#prisma/enums';

// The database enforces these rules, even when the application code has a bug.

let promotion: Promotion;

beforeEach(async () => {
  promotion = await seedPromotion(db, { maxCodes: 100_000 });
});

const finished = { finishedAt: new Date() };

function addJob(
  data: { status?: JobStatus; error?: JobError; finishedAt?: Date; generated?: number; numberOfCodes?: number } = {},
  of = promotion,
) {
  return db.promotionJob.create({
    data: {
      promotionId: of.id,
      jobType: 'code_generate',
      consumeUnit: 'per_cart',
      codeLength: 8,
      numberOfCodes: 10,
      createdBy: 'me',
      ...data,
    },
  });
}

function addCode(code: string, given: { promotionId?: string; jobId?: string; uses?: number | null; maxUses?: number | null } = {}) {
  return db.promotionCode.create({ data: { promotionId: promotion.id, code, consumeUnit: 'per_cart', createdBy: 'me', ...given } });
}

async function codeCount(of = promotion): Promise<number> {
  const { codeCount } = await db.promotion.findUniqueOrThrow({ where: { id: of.id }, select: { codeCount: true } });
  expect(codeCount).toBe(await db.promotionCode.count({ where: { promotionId: of.id } }));
  return codeCount;
}

describe('the database allows one active job for each promotion', () => {
  test.each(['pending', 'processing', 'cancelling'] as const)(
    'the database rejects a second job of a promotion that has a %s job',
    async (status) => {
      await addJob({ status });
      await expect(addJob()).rejects.toThrow('Unique constraint');
    },
  );

  test.each([
    { status: 'completed', generated: 10, ...finished },
    { status: 'failed', error: 'internal', ...finished },
    { status: 'cancelled', ...finished },
  ] as const)('the database accepts a job of a promotion that has a $status job', async (job) => {
    await addJob(job);
    await expect(addJob()).resolves.toMatchObject({ status: 'pending' });
  });

  test('the database accepts one of fifty simultaneous jobs of a promotion', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => addJob()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('the database accepts a job of another promotion', async () => {
    await addJob();
    await expect(addJob({}, await seedPromotion(db))).resolves.toBeDefined();
  });
});

describe('the columns of a job are consistent', () => {
  test('a generation job is completed only with all its codes', async () => {
    await expect(addJob({ status: 'completed', generated: 9, ...finished })).rejects.toThrow('code_generate_is_whole');
  });

  test('the job definitions list every database constraint that names a job type', async () => {
    const { rows } = await pool.query<{ name: string }>(
      `select conname as name from pg_constraint
       where conrelid = 'promotion_jobs'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%job_type%'`,
    );
    const named = Object.values(jobDefinitions).flatMap(({ constraints }) => constraints);
    expect(rows.map(({ name }) => name).sort()).toEqual([...named].sort());
  });

  test('a failed job has an error, and no other job has one', async () => {
    await expect(addJob({ status: 'failed', ...finished })).rejects.toThrow('failed_says_why');
    await expect(addJob({ error: 'internal' })).rejects.toThrow('failed_says_why');
  });

  test('an ended job has an end time, and no other job has one', async () => {
    await expect(addJob({ status: 'cancelled' })).rejects.toThrow('promotion_jobs_finished');
    await expect(addJob(finished)).rejects.toThrow('promotion_jobs_finished');
  });

  test('a generation job has at least one code to generate and a generated count of 0 or more', async () => {
    await expect(addJob({ numberOfCodes: 0 })).rejects.toThrow('asks_for_codes');
    await expect(addJob({ generated: -1 })).rejects.toThrow('not_negative');
  });
});

describe('the columns of a code are consistent', () => {
  test('a code is unique over all promotions, in any case', async () => {
    const code = `Summer-${randomUUID()}`;
    const other = await seedPromotion(db);
    await addCode(code);
    await expect(addCode(code)).rejects.toThrow('Unique constraint');
    await expect(addCode(code.toUpperCase(), { promotionId: other.id })).rejects.toThrow('Unique constraint');
    expect(await codeCount()).toBe(1);
    expect(await codeCount(other)).toBe(0);
  });

  test('a code has an existing promotion', async () => {
    await expect(addCode(randomUUID(), { promotionId: randomUUID() })).rejects.toThrow('promotion_codes_promotion_id_fkey');
  });

  test('a code has a job of its own promotion or no job', async () => {
    const { id: jobId } = await addJob({}, await seedPromotion(db));
    await expect(addCode(randomUUID(), { jobId: randomUUID() })).rejects.toThrow('promotion_codes_job_id_fkey');
    await expect(addCode(randomUUID(), { jobId })).rejects.toThrow('promotion_codes_job_id_fkey');
    await expect(addCode(randomUUID())).resolves.toMatchObject({ jobId: null });
  });

  test('a code cannot move to another promotion', async () => {
    await addCode('stays');
    const elsewhere = await seedPromotion(db);
    await expect(db.promotionCode.updateMany({ where: { code: 'stays' }, data: { promotionId: elsewhere.id } })).rejects.toThrow(
      'Foreign key constraint',
    );
  });

  test('a code has from 0 to its maximum of uses left', async () => {
    await expect(addCode(randomUUID(), { uses: -1, maxUses: 5 })).rejects.toThrow('uses_of_max');
    await expect(addCode(randomUUID(), { uses: 6, maxUses: 5 })).rejects.toThrow('uses_of_max');
    await expect(addCode(randomUUID(), { uses: 0, maxUses: 0 })).resolves.toBeDefined();
  });
});

describe('the count of codes', () => {
  test('the count of codes includes every insert and delete', async () => {
    await seedCodes(db, promotion, 500, randomUUID());
    expect(await codeCount()).toBe(500);
    await db.$executeRaw`delete from promotion_codes where promotion_id = ${promotion.id}::uuid and id % 2 = 0`;
    expect(await codeCount()).toBe(250);
  });

  test('the count of codes excludes inserts that conflict with existing codes', async () => {
    const mine = randomUUID();
    await seedCodes(db, promotion, 10, mine);
    const inserted = await db.$executeRaw`
      insert into promotion_codes (promotion_id, code, consume_unit, created_by)
      select ${promotion.id}::uuid, upper(${mine}) || '-' || i, 'per_cart', 'me' from generate_series(6, 15) as i
      on conflict do nothing`;
    expect(inserted).toBe(5);
    expect(await codeCount()).toBe(15);
  });

  test('the count of codes is restored by a rollback', async () => {
    const undone = db.$transaction(async (tx) => {
      await seedCodes(tx, promotion, 10, randomUUID());
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await codeCount()).toBe(0);
  });

  test('the count of codes is right after eight simultaneous inserts', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, i) => seedCodes(db, promotion, 50 + i, randomUUID())));
    expect(await codeCount()).toBe(8 * 50 + 28);
  });

  test('the count of codes never exceeds the maximum during eight simultaneous inserts', async () => {
    const small = await seedPromotion(db, { maxCodes: 100 });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => seedCodes(db, small, 30, randomUUID())));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await codeCount(small)).toBe(90);
  });

  test('an automatic promotion cannot have codes', async () => {
    const automatic = await seedPromotion(db, { automatic: true });
    await expect(addCode(randomUUID(), { promotionId: automatic.id })).rejects.toThrow('automatic_without_codes');
  });

  test('the count of codes cannot be negative', async () => {
    await expect(db.promotion.update({ where: { id: promotion.id }, data: { codeCount: -1 } })).rejects.toThrow('not_negative');
  });
});

describe('no row is left without its parent', () => {
  test('a promotion with codes cannot be deleted', async () => {
    await addCode(randomUUID());
    await expect(db.promotion.delete({ where: { id: promotion.id } })).rejects.toThrow('promotion_codes_promotion_id_fkey');
  });

  test('a promotion with jobs cannot be deleted', async () => {
    await addJob();
    await expect(db.promotion.delete({ where: { id: promotion.id } })).rejects.toThrow('Foreign key constraint');
  });

  test('a job of a promotion that does not exist cannot be added, and a job cannot move to another promotion', async () => {
    await expect(addJob({}, { ...promotion, id: randomUUID() })).rejects.toMatchObject({ code: 'P2003' });
    const { id } = await addJob();
    const elsewhere = await seedPromotion(db);
    await expect(db.promotionJob.update({ where: { id }, data: { promotionId: elsewhere.id } })).rejects.toMatchObject({ code: 'P2003' });
  });

  test('the database rejects jobs and codes of a promotion that is being deleted', async () => {
    await db.promotion.update({ where: { id: promotion.id }, data: { deletingAt: new Date() } });
    await expect(addJob()).rejects.toMatchObject({ code: 'P2003' });
    await expect(addCode(randomUUID())).rejects.toThrow('promotion_codes_promotion_id_fkey');
  });

  test('the deletion job of a promotion is kept after the promotion is deleted', async () => {
    const { id } = await db.promotionJob.create({
      data: { promotionId: promotion.id, promotionName: promotion.name, jobType: 'promotion_delete', createdBy: 'me' },
    });
    await db.promotion.delete({ where: { id: promotion.id } });
    expect(await db.promotionJob.findUnique({ where: { id } })).toMatchObject({ promotionName: promotion.name });
  });

  test('a deletion job has the name of its promotion, and no other job has one', async () => {
    const job = { promotionId: promotion.id, createdBy: 'me' };
    await expect(db.promotionJob.create({ data: { ...job, jobType: 'promotion_delete' } })).rejects.toThrow('keeps_name');
    await expect(db.promotionJob.create({ data: { ...job, jobType: 'code_export', promotionName: 'May' } })).rejects.toThrow('keeps_name');
  });

  test('a job with codes cannot be deleted', async () => {
    const id = await seedCodes(db, promotion, 1, randomUUID());
    await expect(db.promotionJob.delete({ where: { id } })).rejects.toThrow('promotion_codes_job_id_fkey');
  });

  test('a promotion without codes and jobs can be deleted', async () => {
    await expect(db.promotion.delete({ where: { id: promotion.id } })).resolves.toBeDefined();
  });

  test('no code is left when a promotion is deleted during an insert', async () => {
    for (let round = 0; round < 10; round += 1) {
      const deleted = await seedPromotion(db);
      const adding = addCode(randomUUID(), { promotionId: deleted.id });
      const deleting = db.promotion.delete({ where: { id: deleted.id } });
      await Promise.allSettled([adding, deleting]);
      const left = await db.promotion.count({ where: { id: deleted.id } });
      expect(await db.promotionCode.count({ where: { promotionId: deleted.id } })).toBe(left);
    }
  });
});

test('the database rejects a promotion whose end is not after its start', async () => {
  const now = new Date();
  await expect(seedPromotion(db, { start: now, end: now })).rejects.toThrow('end_after_start');
});

test('the database rejects an email address with capital letters', async () => {
  const user = { name: 'N', role: 'viewer', passwordHash: 'x' } as const;
  await expect(db.user.create({ data: { ...user, email: 'Some@Example.com' } })).rejects.toThrow('email_lower_case');
});
