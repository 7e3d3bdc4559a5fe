import type { JsonSchema, OpenApiDocument } from '#lib/api/openapi-document';

export type Schemas = Pick<OpenApiDocument, 'components'>;

/** The schema itself, also where only its name is given; one that allows anything for a name that nothing has. */
export function resolve({ components }: Schemas, schema: JsonSchema): JsonSchema {
  const [id = ''] = schema.$ref?.split('/').slice(-1) ?? [];
  return schema.$ref ? (components.schemas[id] ?? {}) : schema;
}
