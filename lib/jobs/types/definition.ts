import { z } from 'zod';
import { extraExportColumns } from '#lib/exports/schema';
import type { ApiJobColumns } from '#lib/jobs/columns';
import type { Prisma, Promotion, PromotionJob } from '#prisma/client';

/** The properties of a promotion that determine the jobs it can have. */
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

/** The rules that a kind of job applies to a parsed request. */
export type RequestRules<Input> = {
  /** Throws a DomainError when the promotion cannot have this job. */
  check(promotion: PromotionFacts, input: Input): void;
  /** Returns the columns that store the settings of the request. */
  columns(input: Input): KindColumns;
  /** Returns true when the job may take minutes. Each worker keeps one slot free of such jobs. */
  isLarge(input: Input): boolean;
};

/**
 * The definition of a kind of job. The handler of the kind does the work. Definitions can be loaded in a browser. The key of a kind
 * is its value in the enum `JobType`, in the database and in the API.
 */
export type JobDefinition<Parameters, Result> = {
  /** The data that a cancellation or failure removes: the codes that the job created, or nothing. */
  rollback: 'codes' | 'nothing';
  /** True when the job can only complete: it cannot be cancelled, and after an error it is retried until it succeeds. */
  mustComplete: boolean;
  /** True when the API's lists include such jobs without a filter on `job_type`. Clients of the vendor's API support two kinds only. */
  listed: boolean;
  /** Returns the `parameters` of a job in the API, or undefined for a kind without parameters. */
  parameters(job: ApiJobColumns): Parameters;
  /** Returns the `result` of an ended job in the API, or undefined for a kind without a result. */
  result(job: ApiJobColumns): Result;
  /** Returns the `meta` of a job in the API, without its timestamps: all values for which the vendor's job has no field. */
  meta(job: ApiJobColumns): ApiJobMeta;
  /** The constraints of the table promotion_jobs that apply only to this kind. A test compares them with the database. */
  constraints: readonly string[];
};

/** The definition of a kind of job that users and API clients can request. */
export type RequestedJobDefinition<Fields extends z.ZodRawShape, Parameters, Result> = JobDefinition<Parameters, Result> &
  RequestRules<z.output<z.ZodObject<Fields>>> & {
    /** The fields of a request that creates such a job, except the name, which every kind has. */
    fields: Fields;
  };

/** Returns the definition unchanged. The call infers the types of its fields, parameters and result. */
export function defineJob<Fields extends z.ZodRawShape, Parameters, Result>(
  definition: RequestedJobDefinition<Fields, Parameters, Result>,
): RequestedJobDefinition<Fields, Parameters, Result> {
  return definition;
}
