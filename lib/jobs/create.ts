import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { enqueue } from '#lib/jobs/engine/queue';
import type { CreateJobInput } from '#lib/jobs/schema';
import { rulesOf } from '#lib/jobs/types/registry';
import { log } from '#lib/log';
import { transaction } from '#lib/transaction';
import type { Actor } from '#lib/users/permissions';
import { Prisma, type PromotionJob } from '#prisma/client';

/**
 * Creates a pending job and its queue entry in one transaction. Throws `not_found`, what the kind of job refuses, and
 * `too_many_jobs` when the promotion has an active job: a unique index of the database decides that.
 */
export async function createJob(db: Db, actor: Actor, promotionId: string, input: CreateJobInput): Promise<PromotionJob> {
  const rules = rulesOf(input.job_type);
  try {
    const created = await transaction(
      db,
      async (tx) => {
        const promotion = await tx.promotion.findUnique({
          where: { id: promotionId },
          select: { automatic: true, maxCodes: true, start: true, end: true },
        });
        if (!promotion) throw new DomainError('not_found', 'promotion not found');
        rules.check(promotion, input);
        const { job_type: jobType, name } = input;
        const data = {
          promotionId,
          createdBy: actor.name,
          jobType,
          name: name || null,
          large: rules.isLarge(input),
          ...rules.columns(input),
        };
        const job = await tx.promotionJob.create({ data });
        await enqueue(tx, [job]);
        return job;
      },
      { maxWait: 10_000 },
    );
    log.info({ job: created.id, promotion: promotionId, status: 'pending', type: input.job_type }, 'job created');
    return created;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new DomainError('too_many_jobs', 'Only 1 pending or processing job is allowed per promotion.');
    // The promotion was deleted after it was read.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003')
      throw new DomainError('not_found', 'promotion not found');
    throw error;
  }
}
