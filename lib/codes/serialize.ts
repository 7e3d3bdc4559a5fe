import { z } from 'zod';
import type { ListedCode } from '#lib/codes/list';
import { ConsumeUnit } from '#prisma/enums';

/** A code as the wire has it. What is absent there is absent here, never null. */
export const apiCode = z
  .object({
    code: z.string(),
    consume_unit: z.enum(ConsumeUnit),
    uses: z.int().optional().meta({ description: 'Uses left. Absent is unlimited.' }),
    max_uses: z.int().optional().meta({ description: 'Absent is unlimited.' }),
    user: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .meta({ description: 'The user, or the list of users, who alone may use it.' }),
    created_by: z.string(),
    meta: z.object({
      timestamps: z.object({ created_at: z.iso.datetime() }),
      job_id: z.uuid().optional().meta({ description: 'The job that made it.' }),
    }),
  })
  .meta({ id: 'PromotionCode' });

/** The code for the HTTP API. */
export function serializeCode({
  code,
  consumeUnit,
  usesLeft,
  maxUses,
  user,
  users,
  createdBy,
  createdAt,
  jobId,
}: ListedCode): z.output<typeof apiCode> {
  return {
    code,
    consume_unit: consumeUnit,
    ...(usesLeft !== null && { uses: usesLeft }),
    ...(maxUses !== null && { max_uses: maxUses }),
    ...(user !== null && { user }),
    ...(users !== null && { user: users }),
    created_by: createdBy,
    meta: { timestamps: { created_at: createdAt.toISOString() }, ...(jobId !== null && { job_id: jobId }) },
  };
}
