import { z } from 'zod';
import { codeSpace, maxFill } from '#lib/codes/generator/alphabet';
import { DomainError } from '#lib/errors';
import { limitsInWords } from '#lib/input/numbers';
import { wholeNumberWithin } from '#lib/input/whole-number';
import type { ApiJobColumns } from '#lib/jobs/columns';
import { jobLimits } from '#lib/jobs/limits';
import { isFinal } from '#lib/jobs/status';
import { defineJob } from '#lib/jobs/types/definition';
import { checkLength } from '#lib/promotions/rules';
import { ConsumeUnit, JobType } from '#prisma/enums';

const { codeLength, prefixLength } = jobLimits;

const largeAbove = 100_000;

const numberOfCodes = limitsInWords(jobLimits.numberOfCodes);

/** The text before each code, without surrounding blanks. Only ASCII letters and digits are allowed, so that no two prefixes look alike. */
export const codePrefix = z
  .string({ error: 'Enter text' })
  .overwrite((prefix) => prefix.replace(/^\p{Zs}+|\p{Zs}+$/gu, ''))
  .max(prefixLength, `Enter at most ${prefixLength} characters`)
  .regex(/^([A-Za-z0-9][A-Za-z0-9_-]*)?$/, 'Start with a letter or digit (A–Z, 0–9), then letters, digits, - and _');

/** The parameters of a request that creates such a job. */
export const generateParameters = z.object(
  {
    number_of_codes: z
      .int({ error: numberOfCodes })
      .min(jobLimits.numberOfCodes.min, numberOfCodes)
      .meta({ description: 'At most the maximum of the promotion, which is 1000 unless an administrator raised it.' }),
    consume_unit: z
      .enum(ConsumeUnit, { error: 'Choose per_cart or per_item' })
      .default('per_cart')
      .meta({ description: 'What one use is counted against.' }),
    max_uses_per_code: wholeNumberWithin(jobLimits.maxUses)
      .optional()
      .meta({ description: 'Absent is unlimited; 0 creates codes that cannot be used.' }),
    code_length: wholeNumberWithin(codeLength)
      .default(codeLength.default)
      .meta({ description: 'The number of random characters. A dash follows every fourth one: 10 gives `aa2b-3c4d-5e`.' }),
    code_prefix: codePrefix.optional().meta({
      description: 'Precedes each code, with one dash between: both `summer` and `summer-` give `summer-aa2b-3c4d`.',
    }),
  },
  { error: 'Enter an object with number_of_codes' },
);

const count = z.int().min(0);

/** The parameters of a job in the API. */
export const generateApiParameters = z.object({
  number_of_codes: z.int(),
  consume_unit: z.enum(ConsumeUnit),
  max_uses_per_code: count.optional().meta({ description: 'Absent is unlimited; 0 creates codes that cannot be used.' }),
  code_length: z.int(),
  code_prefix: z.string().optional(),
});

/** The result of an ended job in the API. */
export const generateApiResult = z.object({
  generated: count.meta({ description: 'The number of codes that the job created.' }),
  deleted: count.optional().meta({ description: 'How many of them a cancellation or a failure removed.' }),
});

/** Generates exactly the requested number of random codes, or none. */
export const generateJob = defineJob({
  fields: { job_type: z.literal(JobType.code_generate), parameters: generateParameters },
  check(promotion, { parameters }) {
    if (promotion.automatic) throw new DomainError('no_codes_allowed', 'Cannot add codes to an automatic promotion');
    if (parameters.number_of_codes > promotion.maxCodes) {
      throw new DomainError('too_many_codes', {
        detail: `Only ${promotion.maxCodes} promotion codes are allowed per promotion`,
        source: 'parameters.number_of_codes',
      });
    }
    checkLength(parameters.number_of_codes, promotion, 'parameters.number_of_codes');
    if (parameters.number_of_codes > codeSpace(parameters.code_length) * maxFill) {
      throw new DomainError('unprocessable', {
        detail: `${parameters.number_of_codes} codes of length ${parameters.code_length} could be guessed: use a longer code`,
        source: 'parameters.code_length',
      });
    }
  },
  columns: ({ parameters }) => ({
    numberOfCodes: parameters.number_of_codes,
    consumeUnit: parameters.consume_unit,
    maxUsesPerCode: parameters.max_uses_per_code ?? null,
    codeLength: parameters.code_length,
    codePrefix: parameters.code_prefix || null,
  }),
  isLarge: ({ parameters }) => parameters.number_of_codes > largeAbove,
  rollback: 'codes',
  mustComplete: false,
  listed: true,
  parameters: apiParameters,
  result: ({ generated, deleted }) => ({ generated, ...(deleted !== null && { deleted }) }),
  meta: ({ status, generated }) => (isFinal(status) ? {} : { progress: { generated } }),
  constraints: ['promotion_jobs_generate_asks_for_codes', 'promotion_jobs_code_generate_is_whole'],
});

function apiParameters(job: ApiJobColumns): z.output<typeof generateApiParameters> {
  return {
    // The database requires these three columns for every job of this kind.
    number_of_codes: job.numberOfCodes ?? 0,
    consume_unit: job.consumeUnit ?? 'per_cart',
    ...(job.maxUsesPerCode !== null && { max_uses_per_code: job.maxUsesPerCode }),
    code_length: job.codeLength ?? 0,
    ...(job.codePrefix !== null && { code_prefix: job.codePrefix }),
  };
}
