import { resolver } from 'hono-openapi';
import type { z } from 'zod';

/** JSON in the OpenAPI document: what a zod schema takes (`input`) or gives (`output`), and an example. */
export function jsonContent(schema: z.ZodType, io: 'input' | 'output', ...examples: unknown[]) {
  const named = examples.map((value, i) => [`example_${i + 1}`, { value }]);
  return { 'application/json': { schema: schemaOf(schema, io), examples: Object.fromEntries(named) } };
}

/** A zod schema in the OpenAPI document. One with an id becomes a component. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  return resolver(schema, { options: { io, ...conversion } });
}

const conversion = {
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => tidy(jsonSchema),
} as const;

/** Leaves out what says nothing: the bounds of every number, the pattern of a format, and that more fields may come one day. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.additionalProperties;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format) delete schema.pattern;
  // hono-openapi makes components of schemas with `$id`, zod calls it `id`.
  if (schema.id) schema.$id = schema.id;
  delete schema.id;
}
