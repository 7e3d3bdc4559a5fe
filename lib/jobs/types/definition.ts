import { z } from 'zod';
import { extraExportColumns } from '#lib/exports/schema';
import type { ApiJobColumns } from '#lib/jobs/columns';
import type { Prisma, Promotion, PromotionJob } from '#prisma/client';

/** The facts of a promotion that decide whether it can have a job. */
export type PromotionFacts = Pick<Promotion, 'automatic' | 'maxCodes' | 'start' | 'end'>;

/** The columns of a job row that depend on its kind. */
export type KindColumns = Partial<Pick<PromotionJob, 'numberOfCodes' | 'consumeUnit' | 'maxUsesPerCode' | 'codeLength' | 'codePrefix'>> & {
  parameters?: Prisma.InputJsonObject;
};

const count = z.int().min(0);

/** The additions to a job's `meta` in the API. */
export const apiJobMeta = z.object({
  progress: z.object({ generated: count }).optional().meta({ description: 'Of a `code_generate` job that has not ended.' }),
  file: z
    .object({ rows: count, bytes: count, sha256: z.string() })
    .optional()
    .meta({ description: 'The file of a completed export. Its link: `GET …/file`.' }),
  export: z
    .object({ extra_columns: z.array(z.enum(extraExportColumns)) })
    .optional()
    .meta({ description: 'Of a `code_export` job for which columns were chosen.' }),
  removal: z
    .object({
      filter: z.record(z.string(), z.json()).meta({ description: 'The `parameters` of the request.' }),
      deleted: count.meta({ description: 'How many codes the job has removed.' }),
      kept: count.optional().meta({ description: 'How many of the selected codes are left; absent until they are counted.' }),
    })
    .optional()
    .meta({ description: 'Of a `code_remove` job.' }),
  deletion: z
    .object({
      codes: count.meta({ description: 'How many codes the promotion had.' }),
      deleted: count.meta({ description: 'How many of them the job has removed. Other promotions may have taken the rest.' }),
    })
    .optional()
    .meta({ description: 'Of a `promotion_delete` job.' }),
});

export type ApiJobMeta = z.output<typeof apiJobMeta>;

/** The rules of a kind of job for a parsed request. */
export type RequestRules<Input> = {
  /** Throws a DomainError when the promotion cannot have the job. */
  check(promotion: PromotionFacts, input: Input): void;
  /** The columns that store what was requested. */
  columns(input: Input): KindColumns;
  /** True when the job may take minutes. A worker keeps one of its places free of such jobs. */
  isLarge(input: Input): boolean;
};

/**
 * The definition of a kind of job. Its work is in the kind's handler. Safe in a browser. The name of a kind is its value in the
 * enum `JobType`, in the database and in the API alike.
 */
export type JobDefinition<Parameters, Result> = {
  /** The data that a cancellation or a failure removes: the codes that the job created, or nothing. */
  rollback: 'codes' | 'nothing';
  /** True when the job can only complete: nobody can cancel it, and after an error it is retried until it succeeds. */
  mustComplete: boolean;
  /** True when the API's lists show such jobs without a filter by kind. Clients of the vendor's API know two kinds. */
  listed: boolean;
  /** The `parameters` of a job in the API; undefined where its kind has none. */
  parameters(job: ApiJobColumns): Parameters;
  /** The `result` of an ended job in the API; undefined where its kind has none. */
  result(job: ApiJobColumns): Result;
  /** The API's `meta` of a job beside its timestamps: all facts that the vendor's job has no field for. */
  meta(job: ApiJobColumns): ApiJobMeta;
  /** The constraints of the table promotion_jobs that hold for this kind alone. A test compares them with the database. */
  constraints: readonly string[];
};

/** A kind of job that people and API clients can request. */
export type RequestedJobDefinition<Fields extends z.ZodRawShape, Parameters, Result> = JobDefinition<Parameters, Result> &
  RequestRules<z.output<z.ZodObject<Fields>>> & {
    /** The fields of a request that creates such a job, beside the name that every job has. */
    fields: Fields;
  };

/** Declares a kind of job that can be requested, and keeps the types of its fields, parameters and result. */
export function defineJob<Fields extends z.ZodRawShape, Parameters, Result>(
  definition: RequestedJobDefinition<Fields, Parameters, Result>,
): RequestedJobDefinition<Fields, Parameters, Result> {
  return definition;
}
