import { z } from 'zod';
import { ConsumeUnit } from '#prisma/enums';

/** The columns of the table promotion_codes. Statements select and parse a part of them. */
export const codeColumns = z.object({
  id: z.bigint(),
  promotionId: z.string(),
  code: z.string(),
  consumeUnit: z.enum(ConsumeUnit),
  maxUses: z.int().nullable(),
  uses: z.int().nullable(),
  user: z.string().nullable(),
  users: z.array(z.string()).nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
  jobId: z.string().nullable(),
});
