import { z } from 'zod';

/** The type of a resource in a body: optional, but only with the right value. */
export function resourceType<const T extends string>(type: T) {
  return z.literal(type, { error: `Enter ${type}, or leave the type out` }).optional();
}

/**
 * The same schema for a body in which a field with `null` counts as absent. This applies to the fields of the body and of the
 * objects that `inner` names; all other objects stay unchanged.
 */
export function nullsLeftOut<S extends z.ZodType>(schema: S, inner: readonly string[] = []) {
  return z.preprocess((value: z.input<S>): unknown => withoutNulls(value, inner), schema);
}

function withoutNulls(value: unknown, inner: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(given.map(([name, field]) => [name, inner.includes(name) ? withoutNulls(field, inner) : field]));
}
