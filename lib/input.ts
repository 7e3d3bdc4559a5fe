import type { z } from 'zod';
import { DomainError, type ErrorCode, type Problem } from '#lib/errors';

/** The value as `schema` says, or a {@link DomainError} with one problem per wrong field, all at once. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown, code: ErrorCode = 'invalid_input'): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first, ...more] = onePerField(parsed.error.issues);
  throw new DomainError(code, first ?? 'The input is not valid', ...more);
}

function onePerField(issues: readonly z.core.$ZodIssue[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const issue of issues) {
    const source = issue.path.join('.');
    if (!problems.has(source)) problems.set(source, source ? { detail: issue.message, source } : { detail: issue.message });
  }
  return [...problems.values()];
}
