import { z } from 'zod';
import { interruptions } from '#lib/jobs/engine/interruptions';
import { ConsumeUnit, JobError, JobStatus, JobType } from '#prisma/enums';

/** The columns of the table promotion_jobs. Each statement selects and parses a part of them. */
export const jobColumns = z.object({
  id: z.string(),
  promotionId: z.string(),
  jobType: z.enum(JobType),
  name: z.string().nullable(),
  large: z.boolean(),
  status: z.enum(JobStatus),
  numberOfCodes: z.int().nullable(),
  consumeUnit: z.enum(ConsumeUnit).nullable(),
  maxUsesPerCode: z.int().nullable(),
  codeLength: z.int().nullable(),
  codePrefix: z.string().nullable(),
  /** The definition of the job's kind parses this value. */
  parameters: z.unknown(),
  total: z.int().nullable(),
  createdBy: z.string(),
  generated: z.int(),
  deleted: z.int().nullable(),
  duplicatesAvoided: z.int(),
  error: z.enum(JobError).nullable(),
  failing: z.enum(JobError).nullable(),
  retryError: z.enum(JobError).nullable(),
  attempts: z.int(),
  interruptions,
  rate: z.number().nullable(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  fileRows: z.int().nullable(),
  fileBytes: z.bigint().nullable(),
  fileSha256: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

/** The columns that the API returns. */
export const apiJobColumns = jobColumns.omit({
  large: true,
  createdBy: true,
  duplicatesAvoided: true,
  failing: true,
  retryError: true,
  attempts: true,
  interruptions: true,
  rate: true,
  startedAt: true,
  finishedAt: true,
});

export type ApiJobColumns = z.output<typeof apiJobColumns>;
