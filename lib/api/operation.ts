import { errorAnswer } from '#lib/api/answer';
import { type Endpoint, type ErrorExample, noAnswer, noBody, noQuery } from '#lib/api/endpoint';
import { type Components, type JsonSchema, jsonSchemaOf } from '#lib/api/json-schema';
import type { Header, Operation, Parameter, ResponseObject } from '#lib/api/openapi';
import { page } from '#lib/api/page';
import { tooManyTurns } from '#lib/api/turns';
import { errorCodes } from '#lib/errors';
import { bodyLimits } from '#lib/http/body-limits';
import { keptHours } from '#lib/idempotency';

/** How an endpoint stands in the OpenAPI document. */
export function operation(endpoint: Endpoint, baseUrl: string, components: Components): Operation {
  const parameters = [...parametersOf(endpoint, 'path', components), ...parametersOf(endpoint, 'query', components)];
  if (endpoint.repeatable) parameters.push(idempotencyParameter);
  return {
    operationId: endpoint.id,
    tags: [endpoint.group],
    summary: endpoint.summary,
    ...(endpoint.description && { description: endpoint.description }),
    ...(parameters.length > 0 && { parameters }),
    ...(endpoint.body !== noBody && { requestBody: requestBody(endpoint, components) }),
    responses: { [endpoint.status]: success(endpoint, baseUrl, components), ...refusals(endpoint, components) },
  };
}

const idempotencyParameter: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: `What you call this request by: the same request under the same key gets the first answer again, for ${keptHours} hours.`,
  schema: { type: 'string', maxLength: 255 },
};

function parametersOf(endpoint: Endpoint, where: 'path' | 'query', components: Components): Parameter[] {
  const { properties = {} } = jsonSchemaOf(where === 'path' ? endpoint.params : endpoint.query, 'output', components);
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: where === 'path',
    ...(description && { description }),
    schema,
  }));
}

function requestBody({ body, examples }: Endpoint, components: Components): Operation['requestBody'] {
  const fields = jsonSchemaOf(body, 'input', components);
  const wrapped: JsonSchema = { type: 'object', properties: { data: fields }, required: ['data'] };
  return {
    required: true,
    content: { 'application/json': { schema: { anyOf: [wrapped, fields] }, examples: { example: { value: { data: examples.body } } } } },
  };
}

const requestIdHeader: Record<string, Header> = { 'X-Request-Id': { schema: { type: 'string' } } };

function success(endpoint: Endpoint, baseUrl: string, components: Components): ResponseObject {
  const headers = requestIdHeader;
  if (endpoint.answer === noAnswer) return { description: 'Done', headers };
  const value = answerExample(endpoint, baseUrl);
  const schema = jsonSchemaOf(endpoint.answer, 'output', components);
  return { description: 'Done', headers, content: { 'application/json': { schema, examples: { example: { value } } } } };
}

function answerExample({ path, query, examples }: Endpoint, baseUrl: string): unknown {
  const { answer } = examples;
  if (Array.isArray(answer) && query !== noQuery) {
    const address = new URL(`${baseUrl}${path.replace('{promotionId}', 'ad386702-e780-42c6-b190-0527ad768917')}`);
    return page({ query: { 'page[limit]': 25, 'page[offset]': 0 }, address }, { rows: answer, total: answer.length });
  }
  return path.endsWith('/file') ? answer : { data: answer };
}

/** What every call of its kind can refuse, whatever it does. */
function commonErrors({ body, permission, repeatable, takesTurns, maximumBytes = bodyLimits.call }: Endpoint): ErrorExample[] {
  const errors: (ErrorExample | false | undefined)[] = [
    { code: 'unauthorized', detail: '' },
    permission !== 'read' && { code: 'forbidden', detail: 'This client may only read: use one with the role write' },
    body !== noBody && { code: 'bad_request', detail: 'The body is not valid JSON' },
    body !== noBody && { code: 'too_large', detail: `The body may have at most ${maximumBytes} bytes` },
    body !== noBody && { code: 'unsupported_type', detail: 'Send JSON, with Content-Type: application/json' },
    repeatable && { code: 'bad_request', detail: 'Idempotency-Key takes 1 to 255 printable ASCII characters' },
    repeatable && { code: 'conflict', detail: 'A request with this Idempotency-Key is under way' },
    permission !== 'read' && {
      code: 'conflict',
      detail: 'Somebody else changed the same data at the same time. Nothing was changed. Try again.',
    },
    repeatable && { code: 'unprocessable', detail: 'This Idempotency-Key was used for another request' },
    { code: 'too_many_requests', detail: 'Only 100 requests a second are allowed' },
    takesTurns && { code: 'too_many_requests', detail: tooManyTurns },
    { code: 'internal', detail: 'Something went wrong on the server' },
    { code: 'unavailable', detail: 'The database cannot be reached at the moment' },
  ];
  return errors.filter((error) => error !== false && error !== undefined);
}

const errorHeaders: Record<number, Record<string, Header>> = {
  401: { 'WWW-Authenticate': { schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer' } } },
  503: { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer' } } },
};

function refusals(endpoint: Endpoint, components: Components): Record<string, ResponseObject> {
  const schema = jsonSchemaOf(errorAnswer, 'output', components);
  const byStatus = Map.groupBy([...endpoint.errors, ...commonErrors(endpoint)], ({ code }) => errorCodes[code].status);
  const responses = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    responses.map(([status, errors]) => {
      const titles = new Set(errors.map(({ code }) => errorCodes[code].title));
      const examples = Object.fromEntries(errors.map((error, i) => [`${error.code}_${i + 1}`, { value: errorExample(error) }]));
      const headers = { ...requestIdHeader, ...errorHeaders[status] };
      return [status, { description: [...titles].join('; '), headers, content: { 'application/json': { schema, examples } } }];
    }),
  );
}

function errorExample({ code, detail, source }: ErrorExample): unknown {
  const { status, title } = errorCodes[code];
  if (code === 'unauthorized') return { errors: [{ status: String(status), title }] };
  return {
    errors: [{ status: String(status), title, detail, ...(source && { source }) }],
    meta: { request_id: '13c02a32-d534-440a-9e66-6468dabcd5ec' },
  };
}
