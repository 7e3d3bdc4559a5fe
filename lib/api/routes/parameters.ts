import { z } from 'zod';

// The parts of an address that name a promotion and a job of it. Their messages are details of a 404.

export const promotionParameters = z.object({
  promotionId: z.uuid('promotion not found').meta({ description: 'The id of the promotion.' }),
});
export const jobParameters = promotionParameters.extend({ jobId: z.uuid('job not found').meta({ description: 'The id of the job.' }) });
