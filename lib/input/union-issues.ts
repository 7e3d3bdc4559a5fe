import type { z } from 'zod';

/**
 * A discriminated union that reports all issues at once. For a value of an unknown kind, zod reports only the kind; this also checks
 * the fields that all kinds have in common.
 */
export function unionIssues<S extends z.ZodType>(union: S, common: z.ZodType): S {
  return union.superRefine(
    (value, context) => {
      for (const { message, path } of common.safeParse(value).error?.issues ?? []) context.addIssue({ code: 'custom', message, path });
    },
    { when: ({ issues }) => issues.some((issue) => issue.code === 'invalid_union' && 'discriminator' in issue) },
  );
}
