import { z } from 'zod';
import { nullsLeftOut, resourceType } from '#lib/input/resource';
import { lineOfText } from '#lib/input/text';
import { unionIssues } from '#lib/input/union-issues';
import { jobLimits } from '#lib/jobs/limits';
import { jobDefinitions } from '#lib/jobs/types/registry';
import { JobStatus, JobType } from '#prisma/enums';

/** A job's name: kept as text, on one line. */
export const jobName = lineOfText(jobLimits.nameLength);

const base = z.object({ type: resourceType('promotion_job'), name: jobName.optional() });

/** A request that creates a job, for the form, the action and the API alike. Unknown fields are dropped. */
export const createJobInput = nullsLeftOut(
  unionIssues(
    z.discriminatedUnion(
      'job_type',
      [
        base.extend(jobDefinitions.code_generate.fields),
        base.extend(jobDefinitions.code_export.fields),
        base.extend(jobDefinitions.code_remove.fields),
      ],
      { error: 'Choose code_generate, code_export or code_remove' },
    ),
    base,
  ),
  ['parameters'],
).meta({ id: 'CreateJob' });

export type CreateJobInput = z.output<typeof createJobInput>;
/** As a person or a client writes it, defaults left out. */
export type CreateJobFields = z.input<typeof createJobInput>;

/** A job for one promotion: what the form sends. */
export const createJobOfPromotion = z.object({ promotion_id: z.uuid('No such promotion') }).and(createJobInput);

/** One job of a promotion, to cancel it or to run it again. */
export const jobOfPromotion = z.object({ promotion_id: z.uuid('No such promotion'), job_id: z.uuid('No such job') });

export type JobOfPromotion = z.output<typeof jobOfPromotion>;

/** A list shows so many jobs a page, and so many pages: who looks for an older job narrows the list first. */
export const jobsPage = { size: 25, last: 400 } as const;

const pageNumber = z.coerce.number().int().min(1).max(jobsPage.last);

/** Which jobs a list shows: of one promotion or of all. */
export const listJobsInput = z.object({
  promotion_id: z.uuid().optional(),
  status: z.enum(JobStatus).optional(),
  job_type: z.enum(JobType).optional(),
  page: pageNumber.default(1),
});

export type ListJobsInput = z.output<typeof listJobsInput>;

/** The same from the address bar. What makes no sense there counts as not given. */
export const jobsAddress = z.object({
  status: z.enum(JobStatus).optional().catch(undefined),
  job_type: z.enum(JobType).optional().catch(undefined),
  page: pageNumber.catch(1),
  /** The job whose receipt is open. */
  job: z.uuid().optional().catch(undefined),
});

export type JobsAddress = z.output<typeof jobsAddress>;

/** The jobs whose end somebody waits for, and when they last looked, by the clock of the answer they got then. */
export const watchJobsInput = z.object({ ids: z.array(z.uuid()).max(100), since: z.iso.datetime().optional() });

export type WatchJobsInput = z.output<typeof watchJobsInput>;
