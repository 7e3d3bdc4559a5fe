import { z } from 'zod';
import { nullsLeftOut, resourceType } from '#lib/input/resource';
import { lineOfText } from '#lib/input/text';
import { unionIssues } from '#lib/input/union-issues';
import { jobLimits } from '#lib/jobs/limits';
import { jobDefinitions } from '#lib/jobs/types/registry';
import { JobStatus, JobType } from '#prisma/enums';

/** The name of a job: text on one line. */
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
/** The input before parsing, without defaults. */
export type CreateJobFields = z.input<typeof createJobInput>;

/** The input of the job form: a job for one promotion. */
export const createJobOfPromotion = z.object({ promotion_id: z.uuid('No such promotion') }).and(createJobInput);

/** Identifies one job of a promotion, to cancel it or to run it again. */
export const jobOfPromotion = z.object({ promotion_id: z.uuid('No such promotion'), job_id: z.uuid('No such job') });

export type JobOfPromotion = z.output<typeof jobOfPromotion>;

/** The number of jobs on a page of a list, and the last page. A filter gives access to older jobs. */
export const jobsPage = { size: 25, last: 400 } as const;

const pageNumber = z.coerce.number().int().min(1).max(jobsPage.last);

/** The filters of a job list. Without `promotion_id`, the list contains the jobs of all promotions. */
export const listJobsInput = z.object({
  promotion_id: z.uuid().optional(),
  status: z.enum(JobStatus).optional(),
  job_type: z.enum(JobType).optional(),
  page: pageNumber.default(1),
});

export type ListJobsInput = z.output<typeof listJobsInput>;

/** The filters in the URL of a page. Invalid values count as absent. */
export const jobsAddress = z.object({
  status: z.enum(JobStatus).optional().catch(undefined),
  job_type: z.enum(JobType).optional().catch(undefined),
  page: pageNumber.catch(1),
  /** The job whose details are open. */
  job: z.uuid().optional().catch(undefined),
});

export type JobsAddress = z.output<typeof jobsAddress>;

/** The jobs that a screen watches, and the `now` of the previous response. */
export const watchJobsInput = z.object({ ids: z.array(z.uuid()).max(100), since: z.iso.datetime().optional() });

export type WatchJobsInput = z.output<typeof watchJobsInput>;
