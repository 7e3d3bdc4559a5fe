import type { z } from 'zod';
import type { Promotion, PromotionJob } from '#prisma/client';

/** The facts of a promotion that decide whether it can have a job. */
export type PromotionFacts = Pick<Promotion, 'automatic' | 'maxCodes' | 'start' | 'end'>;

/** The columns of a job row that depend on its kind. */
export type KindColumns = Partial<Pick<PromotionJob, 'numberOfCodes' | 'consumeUnit' | 'maxUsesPerCode' | 'codeLength' | 'codePrefix'>>;

/** The columns of a job row that the API shows. */
export type ApiJobColumns = Pick<
  PromotionJob,
  | 'id'
  | 'promotionId'
  | 'jobType'
  | 'name'
  | 'numberOfCodes'
  | 'consumeUnit'
  | 'maxUsesPerCode'
  | 'codeLength'
  | 'codePrefix'
  | 'status'
  | 'generated'
  | 'deleted'
  | 'error'
  | 'fileRows'
  | 'fileBytes'
  | 'fileSha256'
  | 'createdAt'
  | 'updatedAt'
>;

/** What a kind of job decides about a parsed request for one. */
export type RequestRules<Input> = {
  /** Throws a DomainError when the promotion cannot have the job. */
  check(promotion: PromotionFacts, input: Input): void;
  /** The columns that store what was requested. */
  columns(input: Input): KindColumns;
  /** Whether the job may take minutes. A worker keeps one of its places free of such jobs. */
  isLarge(input: Input): boolean;
};

/**
 * What one kind of job is, apart from its work, which is in the kind's handler. Safe in a browser. The name of a kind is its
 * value in the enum `JobType`, in the database and in the API alike.
 */
export type JobDefinition<Fields extends z.ZodRawShape, Parameters, Result> = RequestRules<z.output<z.ZodObject<Fields>>> & {
  /** The fields of a request that creates such a job, beside the name that every job has. */
  fields: Fields;
  /** What a cancellation or a failure removes: the codes that the job created, or nothing. */
  rollback: 'codes' | 'nothing';
  /** The `parameters` of a job in the API; undefined where its kind has none. */
  parameters(job: ApiJobColumns): Parameters;
  /** The `result` of an ended job in the API; undefined where its kind has none. */
  result(job: ApiJobColumns): Result;
  /** The constraints of the table promotion_jobs that hold for this kind alone. A test compares them with the database. */
  constraints: readonly string[];
};

/** Declares a kind of job, and keeps the types of its fields, parameters and result. */
export function defineJob<Fields extends z.ZodRawShape, Parameters, Result>(
  definition: JobDefinition<Fields, Parameters, Result>,
): JobDefinition<Fields, Parameters, Result> {
  return definition;
}
