import fc from 'fast-check';
import type { JsonSchema } from '#lib/api/openapi/document-schema';

// Valid values of a schema, values with one change, and arbitrary values.

type Definitions = Record<string, JsonSchema>;

/** Valid values of the schema. */
export function valuesOf(schema: JsonSchema, definitions: Definitions): fc.Arbitrary<unknown> {
  const inner = (schema: JsonSchema) => valuesOf(schema, definitions);
  if (schema.$ref) return inner(definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map(inner));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => inner({ ...schema, type })));
  switch (schema.type) {
    case 'object':
      return fc.record(mapValues(schema.properties ?? {}, inner), { requiredKeys: schema.required ?? [] });
    case 'array':
      return fc.array(inner(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 5, 5) });
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 5000, 2_147_483_647) });
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 200 }), fc.double());
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
}

function texts({ format, pattern, examples = [], minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date') return fc.date({ min: new Date(0), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  if (format === 'date-time') return fc.date({ min: new Date(0), noInvalidDate: true }).map((date) => date.toISOString());
  if (format === 'uuid') return fc.uuid();
  if (pattern) {
    const matching = fc.stringMatching(new RegExp(pattern, 'u')).map((text) => text.slice(0, maxLength));
    return examples.length > 0 ? fc.oneof(fc.constantFrom(...examples.map(String)), matching) : matching;
  }
  return fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 40) });
}

function mapValues<T, U>(of: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));
}

const deep = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);

/** Unexpected values: wrong types and sizes, limits of numbers, lone surrogates, deep nesting. */
export const surprises: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    '',
    [],
    {},
    0,
    -1,
    0.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    2 ** 31,
    -0,
    '\0',
    '\ud800',
    '\u202e',
    "'; drop table",
    '../..',
  ),
  fc.constantFrom('x'.repeat(300), 'x'.repeat(100_000), deep(40), deep(63), { __proto__: null, constructor: { prototype: 1 } }),
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.jsonValue({ maxDepth: 4 }),
);

/** Values of the schema, most of them with an unexpected value inside. */
export function nearly(schema: JsonSchema, definitions: Definitions): fc.Arbitrary<unknown> {
  const right = valuesOf(schema, definitions);
  return fc.oneof(
    { arbitrary: right, weight: 3 },
    { arbitrary: fc.tuple(right, fc.nat(30), surprises).map(([value, place, odd]) => replace(value, place, odd)), weight: 4 },
    { arbitrary: fc.tuple(right, fc.dictionary(fc.string(), surprises)).map(([value, more]) => Object.assign({}, value, more)), weight: 1 },
    { arbitrary: surprises, weight: 1 },
  );
}

/** `value` with a replacement at one of its positions, counted from the outside. */
function replace(value: unknown, place: number, odd: unknown): unknown {
  let left = place % (count(value) || 1);
  const walk = (value: unknown): unknown => {
    if (left-- === 0) return odd;
    if (Array.isArray(value)) return value.map(walk);
    return typeof value === 'object' && value !== null ? mapValues({ ...value }, walk) : value;
  };
  return walk(value);
}

function count(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum, inner) => sum + count(inner), 1) : 1;
}
