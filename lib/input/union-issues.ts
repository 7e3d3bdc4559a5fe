import type { z } from 'zod';

/**
 * A union of kinds that names all that is wrong at once: what is of no kind is held against the fields that every
 * kind has, where zod looks no further than at the kind.
 */
export function unionIssues<S extends z.ZodType>(union: S, common: z.ZodType): S {
  return union.superRefine(
    (value, context) => {
      for (const { message, path } of common.safeParse(value).error?.issues ?? []) context.addIssue({ code: 'custom', message, path });
    },
    { when: ({ issues }) => issues.some((issue) => issue.code === 'invalid_union' && 'discriminator' in issue) },
  );
}
