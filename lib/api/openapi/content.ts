import { resolver } from 'hono-openapi';
import type { z } from 'zod';

/** Returns JSON content for the OpenAPI document: the `input` or `output` of a zod schema, with examples. */
export function jsonContent(schema: z.ZodType, io: 'input' | 'output', ...examples: unknown[]) {
  const named = examples.map((value, i) => [`example_${i + 1}`, { value }]);
  return { 'application/json': { schema: schemaOf(schema, io), examples: Object.fromEntries(named) } };
}

/** Converts a zod schema for the OpenAPI document. A schema with an id becomes a component. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  return resolver(schema, { options: { io, ...conversion } });
}

const conversion = {
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => tidy(jsonSchema),
} as const;

/** Removes keywords without information: the bounds of every integer, the pattern of a format and `additionalProperties`. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.additionalProperties;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format) delete schema.pattern;
  // hono-openapi creates components from schemas with `$id`, and zod writes `id`.
  if (schema.id) schema.$id = schema.id;
  delete schema.id;
}
