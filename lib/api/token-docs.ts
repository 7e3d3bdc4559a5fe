import { type Components, jsonSchemaOf } from '#lib/api/json-schema';
import type { Operation, ResponseObject } from '#lib/api/openapi';
import { tokenAnswer, tokenErrorAnswer } from '#lib/api/token';
import { tokenForm } from '#lib/clients/token-request';

type Refusal = { status: number; description: string; error: string; error_description: string };

const refusals: readonly Refusal[] = [
  { status: 400, description: 'Bad Request', error: 'invalid_request', error_description: 'grant_type is missing' },
  { status: 401, description: 'Unauthorized', error: 'invalid_client', error_description: 'The client is unknown, or its secret is wrong' },
  { status: 413, description: 'Content Too Large', error: 'invalid_request', error_description: 'The body may have at most 16384 bytes' },
  {
    status: 429,
    description: 'Too Many Requests',
    error: 'invalid_request',
    error_description: 'Too many attempts. Try again in 15 minutes.',
  },
  { status: 500, description: 'Internal Server Error', error: 'server_error', error_description: 'Something went wrong on the server' },
  {
    ...{ status: 503, description: 'Service Unavailable', error: 'temporarily_unavailable' },
    error_description: 'The database cannot be reached at the moment',
  },
];

/** How the call for a token stands in the OpenAPI document: it follows RFC 6749, and so is unlike the others. */
export function tokenOperation(components: Components): Operation {
  const errorSchema = jsonSchemaOf(tokenErrorAnswer, 'output', components);
  const answer = {
    access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9…',
    ...{ token_type: 'Bearer', expires_in: 3600, expires: 1796569200, identifier: 'client_credentials' },
  };
  const formSchema = jsonSchemaOf(tokenForm, 'input', components);
  const form = { grant_type: 'client_credentials', client_id: 'bfc962f3-a552-419e-9d6b-3a02f0b02218', client_secret: 'promint_…' };
  return {
    operationId: 'getToken',
    tags: ['Token'],
    summary: 'A token for the id and secret of a client',
    description:
      'After RFC 6749. The credentials stand in the form, or in HTTP Basic. A token works for an hour, or until its client is revoked.',
    security: [],
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': { schema: formSchema, examples: { example: { value: form } } },
        'application/json': { schema: formSchema, examples: { example: { value: form } } },
      },
    },
    responses: {
      200: {
        description: 'Done',
        content: {
          'application/json': { schema: jsonSchemaOf(tokenAnswer, 'output', components), examples: { example: { value: answer } } },
        },
      },
      ...Object.fromEntries(
        refusals.map(({ status, description, ...value }): [number, ResponseObject] => {
          return [status, { description, content: { 'application/json': { schema: errorSchema, examples: { example: { value } } } } }];
        }),
      ),
    },
  };
}
