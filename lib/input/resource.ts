import { z } from 'zod';

/** The kind of a resource, which a body may name and must then name rightly. */
export function resourceType<const T extends string>(type: T) {
  return z.literal(type, { error: `Enter ${type}, or leave the type out` }).optional();
}

/**
 * The same schema, for a body in which `null` is the field left out. That holds for the fields of the body and of the objects in it
 * that `inner` names; all other objects are kept as they are.
 */
export function nullsLeftOut<S extends z.ZodType>(schema: S, inner: readonly string[] = []) {
  return z.preprocess((value: z.input<S>): unknown => withoutNulls(value, inner), schema);
}

function withoutNulls(value: unknown, inner: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(given.map(([name, field]) => [name, inner.includes(name) ? withoutNulls(field, inner) : field]));
}
