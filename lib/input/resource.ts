import { z } from 'zod';

/** A schema for the optional field `type` of a resource, which must have this value. */
export function resourceType<const T extends string>(type: T) {
  return z.literal(type, { error: `Enter ${type}, or leave the type out` }).optional();
}

/**
 * Extends a schema so that fields with `null` count as absent. This applies to the fields of the body and of the inner objects whose
 * names are in `inner`. All other objects stay unchanged.
 */
export function nullsLeftOut<S extends z.ZodType>(schema: S, inner: readonly string[] = []) {
  return z.preprocess((value: z.input<S>): unknown => withoutNulls(value, inner), schema);
}

function withoutNulls(value: unknown, inner: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(given.map(([name, field]) => [name, inner.includes(name) ? withoutNulls(field, inner) : field]));
}
