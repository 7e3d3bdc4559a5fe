import { isDatabase, transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { insertJob } from '#lib/jobs/insert';
import type { CreateJobInput } from '#lib/jobs/schema';
import { activeStatuses } from '#lib/jobs/status';
import { rulesOf } from '#lib/jobs/types/registry';
import { log } from '#lib/log';
import { existing } from '#lib/promotions/deletion/existing';
import type { Actor } from '#lib/users/permissions';
import { Prisma, type PromotionJob } from '#prisma/client';

/**
 * Creates a pending job and its queue entry in one transaction. Throws `not_found`, the errors of the kind's `check`,
 * and `too_many_jobs` with the id of the active job when the promotion has one. A unique index decides between concurrent creates.
 */
export async function createJob(db: Db, actor: Actor, promotionId: string, input: CreateJobInput): Promise<PromotionJob> {
  const rules = rulesOf(input.job_type);
  try {
    const created = await transaction(
      db,
      async (tx) => {
        const promotion = await tx.promotion.findUnique({
          where: { id: promotionId, ...existing },
          select: { automatic: true, maxCodes: true, start: true, end: true },
        });
        if (!promotion) throw new DomainError('not_found', 'promotion not found');
        rules.check(promotion, input);
        const active = await findActiveJob(tx, promotionId);
        if (active) throw tooManyJobs(active);
        const { job_type: jobType, name } = input;
        return insertJob(tx, {
          promotionId,
          createdBy: actor.name,
          jobType,
          name: name || null,
          large: rules.isLarge(input),
          ...rules.columns(input),
        });
      },
      { maxWait: 10_000 },
    );
    log.info({ job: created.id, promotion: promotionId, status: 'pending', type: input.job_type }, 'job created');
    return created;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      // A failed insert aborts the caller's transaction, so no further statement can run in it.
      throw tooManyJobs(isDatabase(db) ? await findActiveJob(db, promotionId) : null);
    }
    // The promotion was deleted after it was read.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003')
      throw new DomainError('not_found', 'promotion not found');
    throw error;
  }
}

function findActiveJob(db: Db, promotionId: string): Promise<{ id: string } | null> {
  return db.promotionJob.findFirst({ where: { promotionId, status: { in: [...activeStatuses] } }, select: { id: true } });
}

function tooManyJobs(active: { id: string } | null): DomainError {
  return new DomainError('too_many_jobs', 'Only 1 pending or processing job is allowed per promotion.').becauseOfJob(active?.id);
}
