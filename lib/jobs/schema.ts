import { z } from 'zod';
import { kinds } from '#lib/kinds';
import { limitsInWords } from '#lib/numbers';
import { lineOfText } from '#lib/text';
import { ConsumeUnit, JobStatus, JobType } from '#prisma/enums';

/** The limits of a job, for whoever shows or checks them. The most codes of one job is the promotion's maximum. */
export const jobLimits = {
  nameLength: 50,
  codeLength: { min: 8, max: 16, default: 8 },
  prefixLength: 24,
  numberOfCodes: { min: 1 },
  maxUses: { min: 0, max: 2_147_483_647 },
} as const;

const { codeLength, nameLength, prefixLength } = jobLimits;

const largeAbove = 100_000;

/** Whether a job may take minutes. A worker keeps one of its places free of such jobs. */
export function isLarge(numberOfCodes: number | null): boolean {
  return (numberOfCodes ?? 0) > largeAbove;
}

const wholeNumber = (message: string) => z.int({ error: message });
const numberOfCodes = limitsInWords(jobLimits.numberOfCodes);
const codeLengthRange = limitsInWords(codeLength);
const maxUses = limitsInWords(jobLimits.maxUses);

/** A job's name: kept as text, on one line. */
export const jobName = lineOfText(nameLength);

/** What goes before each code, blanks around it cut. Letters and digits are those of ASCII, so that no two prefixes look alike. */
export const codePrefix = z
  .string({ error: 'Enter text' })
  .overwrite((prefix) => prefix.replace(/^\p{Zs}+|\p{Zs}+$/gu, ''))
  .max(prefixLength, `Enter at most ${prefixLength} characters`)
  .regex(/^([A-Za-z0-9][A-Za-z0-9_-]*)?$/, 'Start with a letter or digit (A–Z, 0–9), then letters, digits, - and _');

/** What a `code_generate` job takes, in the names of the wire. */
export const generateParameters = z.object(
  {
    number_of_codes: wholeNumber(numberOfCodes)
      .min(jobLimits.numberOfCodes.min, numberOfCodes)
      .meta({ description: 'At most the maximum of the promotion, which is 1000 unless an administrator raised it.' }),
    consume_unit: z
      .enum(ConsumeUnit, { error: 'Choose per_cart or per_item' })
      .default('per_cart')
      .meta({ description: 'What one use is counted against.' }),
    max_uses_per_code: wholeNumber(maxUses)
      .min(jobLimits.maxUses.min, maxUses)
      .max(jobLimits.maxUses.max, maxUses)
      .optional()
      .meta({ description: 'Absent is unlimited; 0 makes codes that cannot be used.' }),
    code_length: wholeNumber(codeLengthRange)
      .min(codeLength.min, codeLengthRange)
      .max(codeLength.max, codeLengthRange)
      .default(codeLength.default)
      .meta({ description: 'How many random characters. A dash after every fourth comes on top: 10 gives `aa2b-3c4d-5e`.' }),
    code_prefix: codePrefix.optional().meta({
      description: 'Goes before each code, with one dash between: both `summer` and `summer-` give `summer-aa2b-3c4d`.',
    }),
  },
  { error: 'Enter an object with number_of_codes' },
);

const base = z.object({ name: jobName.optional() });

/** What makes a job, for the form, the action and the API alike. Unknown fields are dropped. */
export const createJobInput = kinds(
  z.discriminatedUnion(
    'job_type',
    [
      base.extend({ job_type: z.literal(JobType.code_generate), parameters: generateParameters }),
      base.extend({ job_type: z.literal(JobType.code_export) }),
    ],
    { error: 'Choose code_generate or code_export' },
  ),
  base,
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
