import type { z } from 'zod';

/**
 * Extends a discriminated union so that it reports all issues at once. For an unknown discriminator zod reports only that; the result
 * also checks the common fields of all members with `common`.
 */
export function unionIssues<S extends z.ZodType>(union: S, common: z.ZodType): S {
  return union.superRefine(
    (value, context) => {
      for (const { message, path } of common.safeParse(value).error?.issues ?? []) context.addIssue({ code: 'custom', message, path });
    },
    { when: ({ issues }) => issues.some((issue) => issue.code === 'invalid_union' && 'discriminator' in issue) },
  );
}
