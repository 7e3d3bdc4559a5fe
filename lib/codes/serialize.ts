import { z } from 'zod';
import type { ApiCodeColumns } from '#lib/codes/codes.sql';
import { ConsumeUnit } from '#prisma/enums';

/** A code in the API. An absent field is left out, never null. */
export const apiCode = z
  .object({
    code: z.string(),
    consume_unit: z.enum(ConsumeUnit),
    uses: z.int().optional().meta({ description: 'Uses left. Absent is unlimited.' }),
    max_uses: z.int().optional().meta({ description: 'Absent is unlimited.' }),
    user: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .meta({ description: 'The only user, or list of users, that may use the code.' }),
    created_by: z.string(),
    meta: z.object({
      timestamps: z.object({ created_at: z.iso.datetime() }),
      job_id: z.uuid().optional().meta({ description: 'The job that created the code.' }),
    }),
  })
  .meta({ id: 'PromotionCode' });

/** The code for the HTTP API. */
export function serializeCode({
  code,
  consumeUnit,
  uses,
  maxUses,
  user,
  users,
  createdBy,
  createdAt,
  jobId,
}: ApiCodeColumns): z.output<typeof apiCode> {
  return {
    code,
    consume_unit: consumeUnit,
    ...(uses !== null && { uses }),
    ...(maxUses !== null && { max_uses: maxUses }),
    ...(user !== null && { user }),
    ...(users !== null && { user: users }),
    created_by: createdBy,
    meta: { timestamps: { created_at: createdAt.toISOString() }, ...(jobId !== null && { job_id: jobId }) },
  };
}
