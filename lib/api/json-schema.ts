import { z } from 'zod';

/** A JSON Schema (2020-12), as far as zod makes them and this server reads them. */
export type JsonSchema = {
  $schema?: string;
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $defs?: Record<string, JsonSchema>;
};

/** Where a document keeps what several of its parts are made of. */
export type Components = Map<string, JsonSchema>;

/**
 * What a zod schema takes (`input`) or gives (`output`). Schemas with an id go to `components`, and a reference
 * stands in their place.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', components: Components): JsonSchema {
  const {
    $defs = {},
    $schema: _,
    ...made
  }: JsonSchema = JSON.parse(
    JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any', override: ({ jsonSchema }) => tidy(jsonSchema) })).replaceAll(
      '"#/$defs/',
      '"#/components/schemas/',
    ),
  );
  for (const [id, definition] of Object.entries($defs)) components.set(id, definition);
  const id = z.globalRegistry.get(schema)?.id;
  if (id === undefined || made.$ref) return made;
  components.set(id, made);
  return { $ref: `#/components/schemas/${id}` };
}

/** Takes away what says nothing: bounds of every number, patterns of a format, and that more fields may come one day. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.additionalProperties;
  delete schema.id;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format) delete schema.pattern;
}
