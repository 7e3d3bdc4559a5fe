import { z } from 'zod';
import { ConsumeUnit } from '#prisma/enums';

/** Parses the settings of a `code_generate` job from its row. The database requires these columns for every such job. */
export const generateSettings = z
  .object({
    number_of_codes: z.int(),
    consume_unit: z.enum(ConsumeUnit),
    max_uses_per_code: z.int().nullable(),
    code_length: z.int(),
    code_prefix: z.string().nullable(),
  })
  .transform((row) => ({
    numberOfCodes: row.number_of_codes,
    consumeUnit: row.consume_unit,
    maxUsesPerCode: row.max_uses_per_code,
    codeLength: row.code_length,
    codePrefix: row.code_prefix,
  }));

export type GenerateSettings = z.output<typeof generateSettings>;
