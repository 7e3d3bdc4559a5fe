import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import { DomainError, type ErrorCode, type Problem } from '#lib/errors';

/** Parses a value with `schema`. Throws a {@link DomainError} with one problem for each invalid field. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown, code: ErrorCode = 'invalid_input'): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = new Map<string, Problem>();
  addProblems(problems, parsed.error.issues);
  throw refused(code, problems);
}

/** A list in an input that can be long: its field and its maximum number of elements. */
export type LongList = { name: string; most: number };

const partSize = 250;

/** Parses an input with a long list like {@link parseInput}, but in parts, so that the process can answer other requests in between. */
export async function parseListInput<S extends z.ZodType>(schema: S, value: unknown, { name, most }: LongList): Promise<z.output<S>> {
  const list = isObject(value) ? listIn(value, name) : [];
  // The schema rejects a list that is too long before it parses the elements.
  if (!isObject(value) || list.length <= partSize || list.length > most) return parseInput(schema, value);
  const problems = new Map<string, Problem>();
  const parsed: unknown[] = [];
  let first: (z.output<S> & object) | undefined;
  for (let start = 0; start < list.length; start += partSize) {
    const part = schema.safeParse({ ...value, [name]: list.slice(start, start + partSize) });
    if (!part.success) addProblems(problems, part.error.issues, (path) => shifted(path, name, start));
    else if (isObject(part.data)) {
      first ??= part.data;
      parsed.push(...listIn(part.data, name));
    }
    await setImmediate();
  }
  if (!first || problems.size > 0) throw refused('invalid_input', problems);
  return Object.assign(first, { [name]: parsed });
}

function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null;
}

function listIn(value: object, name: string): unknown[] {
  const list: unknown = Reflect.get(value, name);
  return Array.isArray(list) ? list : [];
}

/** Converts the path of an element from its part to the whole list. */
function shifted(path: PropertyKey[], name: string, start: number): PropertyKey[] {
  const [field, index, ...rest] = path;
  return field === name && typeof index === 'number' ? [field, index + start, ...rest] : path;
}

/** Adds a problem for each field that has none yet. */
function addProblems(problems: Map<string, Problem>, issues: readonly z.core.$ZodIssue[], place = (path: PropertyKey[]) => path): void {
  for (const { path, message } of issues) {
    const source = place(path).join('.');
    if (!problems.has(source)) problems.set(source, source ? { detail: message, source } : { detail: message });
  }
}

function refused(code: ErrorCode, problems: Map<string, Problem>): DomainError {
  const [first, ...more] = problems.values();
  return new DomainError(code, first ?? 'The input is not valid', ...more);
}
