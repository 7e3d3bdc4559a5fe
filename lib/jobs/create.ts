import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { enqueue } from '#lib/jobs/engine/queue';
import type { JobAddress } from '#lib/jobs/find';
import { checkGenerate } from '#lib/jobs/rules';
import type { CreateJobInput } from '#lib/jobs/schema';
import { log } from '#lib/log';
import { transaction } from '#lib/transaction';
import type { Actor } from '#lib/users/permissions';
import { Prisma, type PromotionJob } from '#prisma/client';

/**
 * Makes a pending job and its queue entry, in one transaction. Throws `not_found`, `no_codes_allowed`,
 * `too_many_codes`, `unprocessable`, and `too_many_jobs` when the promotion has an active job, or had one since it was
 * asked for (`askedAt`, by `performance.now()`): the database's index decides that, so of fifty at once one wins.
 */
export async function createJob(
  db: Db,
  actor: Actor,
  promotionId: string,
  input: CreateJobInput,
  askedAt = performance.now(),
): Promise<PromotionJob> {
  try {
    const made = await transaction(
      db,
      async (tx) => {
        const promotion = await tx.promotion.findUnique({
          where: { id: promotionId },
          select: { automatic: true, maxCodes: true, start: true, end: true },
        });
        if (!promotion) throw new DomainError('not_found', 'promotion not found');
        if (input.job_type === 'code_generate') checkGenerate(promotion, input);
        const job = await tx.promotionJob.create({ data: { promotionId, createdBy: actor.name, ...columns(input) } });
        await checkNoneMeanwhile(tx, { promotionId, jobId: job.id }, performance.now() - askedAt);
        await enqueue(tx, [job]);
        return job;
      },
      { maxWait: 10_000 },
    );
    log.info({ job: made.id, promotion: promotionId, status: 'pending', type: input.job_type }, 'job asked for');
    return made;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw tooManyJobs();
    }
    // The promotion was deleted between the look at it and the job.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003')
      throw new DomainError('not_found', 'promotion not found');
    throw error;
  }
}

const tooManyJobs = () => new DomainError('too_many_jobs', 'Only 1 pending or processing job is allowed per promotion.');

/**
 * Of many who ask at once some wait for a connection, and a small job of the first may be over by then. Looked at once
 * the place is taken: from then on no other job can end.
 */
async function checkNoneMeanwhile(tx: Db, { promotionId, jobId }: JobAddress, askedMsAgo: number): Promise<void> {
  const [before] = await tx.$queryRaw<{ meanwhile: boolean }[]>`
    select finished_at > clock_timestamp() - make_interval(secs => ${askedMsAgo / 1000}) as meanwhile from promotion_jobs
    where promotion_id = ${promotionId}::uuid and id <> ${jobId}::uuid order by created_at desc limit 1`;
  if (before?.meanwhile) throw tooManyJobs();
}

function columns(input: CreateJobInput) {
  const name = input.name || null;
  if (input.job_type === 'code_export') return { jobType: input.job_type, name };
  const { parameters } = input;
  return {
    jobType: input.job_type,
    name,
    numberOfCodes: parameters.number_of_codes,
    consumeUnit: parameters.consume_unit,
    maxUsesPerCode: parameters.max_uses_per_code ?? null,
    codeLength: parameters.code_length,
    codePrefix: parameters.code_prefix || null,
  };
}
