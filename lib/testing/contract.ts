import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema, OpenApiDocument, Operation } from '#lib/api/openapi/document-schema';

// Strict checks of answers against the OpenAPI document: an undocumented field is a violation.

type Problems = string[];

/** Checks answers against a document. Returns the violations of an answer to `method` of a path template or address. */
export function answerValidator(document: OpenApiDocument): (method: string, path: string, status: number, body: unknown) => Problems {
  const compile = compiler(document);
  const compiled = new Map<string, ValidateFunction>();
  const patterns = Object.keys(document.paths).map((path) => [path, new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)] as const);
  return (method, path, status, body) => {
    const [template] = patterns.find(([template, pattern]) => template === path || pattern.test(path)) ?? [];
    const operation = template && document.paths[template]?.[method.toLowerCase()];
    if (!operation) return [`${method} ${path} is not in the document`];
    const response = operation.responses[status];
    if (!response) return [`${method} ${template} does not list ${status}`];
    const schema = response.content?.['application/json']?.schema;
    if (!schema) return body === null || body === '' ? [] : [`${method} ${template} ${status} has no body`];
    const name = `${method} ${template} ${status}`;
    const validate = compiled.get(name) ?? compile(schema);
    compiled.set(name, validate);
    return validate(body)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) => `${status} ${instancePath} ${message} ${JSON.stringify(params)}`,
        );
  };
}

/** The violations of a body for an operation. */
export function bodyProblems(document: OpenApiDocument, { requestBody }: Operation, body: unknown): Problems {
  const validate = compiler(document)(requestBody?.content['application/json']?.schema ?? {});
  return validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compiler({ components }: OpenApiDocument): (schema: JsonSchema) => ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const own = <T>(schema: T): T => JSON.parse(JSON.stringify(strict(schema)).replaceAll('"#/components/', '"document#/'));
  ajv.addSchema({ $id: 'document', ...own(components) }, 'document');
  return (schema) => ajv.compile(own(schema));
}

/** The schema with `additionalProperties: false` on every object with named properties. */
function strict<T>(schema: T): T {
  return JSON.parse(JSON.stringify(schema), (_, value) =>
    typeof value === 'object' && value !== null && value.type === 'object' && value.properties
      ? { ...value, additionalProperties: false }
      : value,
  );
}

/** The calls of `/v2` that a document describes, each with the name of its operation first. */
export function operationsOf({ paths }: OpenApiDocument): [id: string, call: { method: string; path: string; operation: Operation }][] {
  const calls = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return calls.filter(({ path }) => path.startsWith('/v2')).map((call) => [call.operation.operationId, call]);
}
