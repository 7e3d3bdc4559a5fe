import { z } from 'zod';
import { redemptionId } from '#lib/redemptions/schema';

// The path parameters of promotions, jobs, codes and redemptions. Their error messages are the details of a 404.

export const promotionParameters = z.object({
  promotionId: z.uuid('promotion not found').meta({ description: 'The id of the promotion.' }),
});
export const jobParameters = promotionParameters.extend({ jobId: z.uuid('job not found').meta({ description: 'The id of the job.' }) });

export const redemptionParameters = z.object({
  redemptionId: redemptionId.meta({ type: 'string', format: 'uuid', description: 'The id of the redemption.' }),
});
export const codeParameters = promotionParameters.extend({
  code: z
    .string()
    .regex(/^[!-~]+$/, 'code not found')
    .meta({ description: 'The code.' }),
});
