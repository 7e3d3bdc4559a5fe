import type { ApiField, ApiFieldPart } from '#lib/api/describe';
import type { JsonSchema, Parameter } from '#lib/api/openapi-document';
import { resolve, type Schemas } from '#lib/api/resolve';
import { formatNumber } from '#lib/format/number';

/** The fields of the object that a schema is; of several it can be, those of all of them. */
export function describeFields(schemas: Schemas, schema: JsonSchema): ApiField[] {
  return fieldParts(schemas, schema).flatMap(({ fields }) => fields);
}

/** The parameters of a call, and where each belongs. */
export function describeParameters(schemas: Schemas, parameters: readonly Parameter[]): (ApiField & { where: string })[] {
  return parameters.map(({ name, in: where, required = false, description, schema }) => ({
    ...describeField(schemas, name, { ...schema, description }, required),
    where,
  }));
}

function describeField(schemas: Schemas, name: string, given: JsonSchema, required: boolean): ApiField {
  const schema = resolve(schemas, given);
  return {
    name,
    type: typeInWords(schemas, schema),
    required,
    text: given.description ?? schema.description ?? '',
    limits: alternatives(schemas, schema).flatMap(limitsInWords),
    parts: fieldParts(schemas, schema),
  };
}

function fieldParts(schemas: Schemas, given: JsonSchema): ApiFieldPart[] {
  const schema = resolve(schemas, given);
  if (schema.items) return fieldParts(schemas, schema.items);
  const objects = alternatives(schemas, schema).filter(({ properties }) => properties);
  if (objects.length > 1) return [{ fields: mergedFields(schemas, objects) }];
  const [object] = objects;
  if (object?.properties) {
    const { properties, required } = object;
    return [
      { fields: Object.entries(properties).map(([name, field]) => describeField(schemas, name, field, required?.includes(name) ?? false)) },
    ];
  }
  return alternatives(schemas, schema).flatMap((alternative) => (alternative.items ? fieldParts(schemas, alternative.items) : []));
}

/**
 * The fields of several objects that one field tells apart, each once: what all have in common as it is, and what
 * differs with the value that it goes with.
 */
function mergedFields(schemas: Schemas, objects: JsonSchema[]): ApiField[] {
  const constants = (name: string) => new Set(objects.map((one) => one.properties?.[name]?.const).filter((value) => value !== undefined));
  const teller = Object.keys(objects[0]?.properties ?? {}).find((name) => constants(name).size === objects.length) ?? '';
  const names = new Set([teller, ...objects.flatMap(({ properties = {} }) => Object.keys(properties))]);
  return [...names].map((name) => {
    const having = objects.filter(({ properties }) => properties?.[name]);
    const kinds = having.flatMap(({ properties = {} }) => properties[name] ?? []);
    const required = having.every((one) => one.required?.includes(name));
    const field = describeField(schemas, name, oneOf(kinds), required);
    const togetherWith = (one: JsonSchema) => `with \`${teller}\` \`${one.properties?.[teller]?.const}\``;
    if (having.length < objects.length) field.limits.unshift(`only ${having.map(togetherWith).join(' or ')}`);
    const differs = name !== teller && new Set(kinds.map((kind) => JSON.stringify(kind))).size > 1;
    if (!differs) return field;
    const parts = having.flatMap((one, i) =>
      fieldParts(schemas, kinds[i] ?? {}).map(({ fields }) => ({ title: togetherWith(one), fields })),
    );
    return { ...field, parts };
  });
}

function oneOf(kinds: JsonSchema[]): JsonSchema {
  const [first = {}] = kinds;
  if (kinds.every((kind) => kind.const !== undefined)) return { type: first.type, enum: kinds.map((kind) => kind.const) };
  return new Set(kinds.map((kind) => JSON.stringify(kind))).size === 1 ? first : { anyOf: kinds };
}

function alternatives(schemas: Schemas, schema: JsonSchema): JsonSchema[] {
  return (schema.anyOf ?? schema.oneOf)?.map((one) => resolve(schemas, one)) ?? [schema];
}

function typeInWords(schemas: Schemas, schema: JsonSchema): string {
  const types = alternatives(schemas, schema).flatMap(({ type = 'anything', items, format }) => {
    if (items) return [`array of ${typeInWords(schemas, resolve(schemas, items))}`];
    return [type].flat().map((type) => (format ? `${type} (${format})` : type));
  });
  return [...new Set(types)].join(' or ');
}

function limitsInWords(schema: JsonSchema): string[] {
  const values = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  const limits = [
    values.length > 0 && values.map((value) => `\`${value}\``).join(', '),
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' entries'),
    schema.pattern !== undefined && `matches \`${schema.pattern}\``,
    schema.default !== undefined && `\`${JSON.stringify(schema.default)}\` when absent`,
  ];
  return limits.filter((limit) => typeof limit === 'string');
}

function range(from: number | undefined, to: number | undefined, of: string): string | false {
  if (from !== undefined && to !== undefined) return `${formatNumber(from)} to ${formatNumber(to)}${of}`;
  if (from !== undefined) return `${formatNumber(from)} or more${of}`;
  return to !== undefined && `at most ${formatNumber(to)}${of}`;
}
