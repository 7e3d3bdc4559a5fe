import type { JsonSchema, OpenApiDocument, Operation } from '#lib/api/openapi/document-schema';

/**
 * Returns one line for each change in `after` that breaks clients of `before`. A valid request must stay valid, and a response must
 * stay within its earlier schema. New operations, optional parameters and fields, fields in responses and errors are compatible.
 */
export function breakingChanges(before: OpenApiDocument, after: OpenApiDocument): string[] {
  return Object.entries(before.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      if (!now) return [`${name} was removed`];
      const compare = new Comparison(before, after);
      compare.operation(name, operation, now);
      return compare.problems;
    }),
  );
}

type Schemas = Pick<OpenApiDocument, 'components'>;

/** The direction of a value. The reader may only accept more than before, and the writer may only send less. */
type Direction = 'request' | 'response';

class Comparison {
  readonly problems: string[] = [];
  #before: Schemas;
  #after: Schemas;

  constructor(before: Schemas, after: Schemas) {
    this.#before = before;
    this.#after = after;
  }

  operation(name: string, before: Operation, after: Operation): void {
    const find = (operation: Operation, name: string) => operation.parameters?.find((parameter) => parameter.name === name);
    for (const { name: parameter, schema } of before.parameters ?? []) {
      const now = find(after, parameter);
      if (now) this.schema(`${name}: ${parameter}`, 'request', schema, now.schema);
      else this.problems.push(`${name}: the parameter ${parameter} was removed`);
    }
    for (const { name: parameter, required } of after.parameters ?? [])
      if (required && !find(before, parameter)?.required) this.problems.push(`${name}: the parameter ${parameter} is required now`);
    for (const [type, { schema }] of Object.entries(before.requestBody?.content ?? {})) {
      const now = after.requestBody?.content[type];
      if (now) this.schema(`${name}: body`, 'request', schema, now.schema);
      else this.problems.push(`${name}: ${type} is no longer accepted`);
    }
    if (after.requestBody && !before.requestBody) this.problems.push(`${name}: a body is required now`);
    for (const [status, response] of Object.entries(before.responses)) {
      if (!status.startsWith('2')) continue;
      const now = after.responses[status];
      if (!now) this.problems.push(`${name}: it no longer answers ${status}`);
      for (const [type, { schema }] of Object.entries(response.content ?? {})) {
        const given = now?.content?.[type];
        if (given) this.schema(`${name}: ${status}`, 'response', schema, given.schema);
      }
    }
  }

  schema(name: string, direction: Direction, given: JsonSchema, now: JsonSchema): void {
    const [before, after] = [resolve(this.#before, given), resolve(this.#after, now)];
    // The reader must accept every value that the writer can send.
    const [wide, narrow] = direction === 'request' ? [after, before] : [before, after];
    const options = alternatives(narrow);
    const choices = alternatives(wide);
    if (options || choices) this.#choices(name, direction, options ?? [narrow], choices ?? [wide]);
    else {
      this.problems.push(...limits(name, wide, narrow));
      this.#fields(name, direction, before, after);
      if (before.items && after.items) this.schema(`${name}[]`, direction, before.items, after.items);
    }
  }

  /** Each option of the writer must match an option of the reader. Otherwise reports the problems of the closest option. */
  #choices(name: string, direction: Direction, options: JsonSchema[], choices: JsonSchema[]): void {
    for (const option of options) {
      const attempts = choices.map((choice) => {
        const attempt = new Comparison(this.#before, this.#after);
        const [before, after] = direction === 'request' ? [option, choice] : [choice, option];
        attempt.schema(name, direction, before, after);
        return attempt.problems;
      });
      const [best = []] = attempts.sort((a, b) => a.length - b.length);
      this.problems.push(...best);
    }
  }

  #fields(name: string, direction: Direction, before: JsonSchema, after: JsonSchema): void {
    for (const [field, schema] of Object.entries(before.properties ?? {})) {
      const now = after.properties?.[field];
      if (now) this.schema(`${name}.${field}`, direction, schema, now);
      else this.problems.push(`${name}.${field} was removed`);
    }
    const [required, earlier] = direction === 'request' ? [after.required, before.required] : [before.required, after.required];
    for (const field of required ?? [])
      if (!earlier?.includes(field))
        this.problems.push(`${name}.${field} ${direction === 'request' ? 'is required now' : 'is optional now'}`);
  }
}

/** Returns the alternatives of a schema. A list of types is converted to alternatives. */
function alternatives({ type, ...schema }: JsonSchema): JsonSchema[] | undefined {
  return schema.anyOf ?? schema.oneOf ?? (Array.isArray(type) ? type.map((each) => ({ ...schema, type: each })) : undefined);
}

function limits(name: string, wide: JsonSchema, narrow: JsonSchema): string[] {
  const isType = wide.type === undefined || wide.type === narrow.type || (wide.type === 'number' && narrow.type === 'integer');
  if (!isType) return [`${name} is ${narrow.type ?? 'anything'} in one version and ${wide.type} in the other`];
  const wideValues = valuesOf(wide);
  const missing = valuesOf(narrow)?.filter((value) => !wideValues?.includes(value)) ?? ['anything'];
  const above = (['maximum', 'maxLength', 'maxItems'] as const).filter((key) => (wide[key] ?? Infinity) < (narrow[key] ?? Infinity));
  const below = (['minimum', 'minLength', 'minItems'] as const).filter((key) => (wide[key] ?? -Infinity) > (narrow[key] ?? -Infinity));
  const shape = (['pattern', 'format'] as const).filter((key) => wide[key] !== undefined && wide[key] !== narrow[key]);
  return [
    ...(wideValues && missing.length > 0 ? [`${name} lacks the value ${missing.join(', ')}`] : []),
    ...[...above, ...below, ...shape].map((key) => `${name} has a different ${key}: ${narrow[key] ?? 'none'} and ${wide[key]}`),
  ];
}

function valuesOf(schema: JsonSchema): unknown[] | undefined {
  return 'const' in schema ? [schema.const] : schema.enum;
}

/** Resolves a reference to its schema. An unknown reference becomes a schema without constraints. */
function resolve({ components }: Schemas, schema: JsonSchema): JsonSchema {
  const [id = ''] = schema.$ref?.split('/').slice(-1) ?? [];
  return schema.$ref ? (components.schemas[id] ?? {}) : schema;
}
