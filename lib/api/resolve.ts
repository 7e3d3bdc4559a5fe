import type { JsonSchema } from '#lib/api/json-schema';
import type { OpenApi } from '#lib/api/openapi';

export type Schemas = Pick<OpenApi, 'components'>;

/** The schema itself, also where only its name is given; one that allows anything for a name that nothing has. */
export function resolve({ components }: Schemas, schema: JsonSchema): JsonSchema {
  const [id = ''] = schema.$ref?.split('/').slice(-1) ?? [];
  return schema.$ref ? (components.schemas[id] ?? {}) : schema;
}
