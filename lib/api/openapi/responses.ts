import type { ResponsesWithResolver } from 'hono-openapi';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { z } from 'zod';
import { errorAnswer } from '#lib/api/middleware/errors';
import { jsonContent } from '#lib/api/openapi/content';
import { type ErrorCode, errorCodes, type Problem } from '#lib/errors';

// The responses of a route in the OpenAPI document.

/** An error of a route, with its code and texts. */
export type ErrorExample = { code: ErrorCode } & Problem;

const requestId: Record<string, OpenAPIV3_1.HeaderObject> = { 'X-Request-Id': { schema: { type: 'string' } } };

/** Returns a success response with a JSON body. */
export function answer<S extends z.ZodType>(schema: S, example: z.output<S>): ResponsesWithResolver[string] {
  return { description: 'Done', headers: requestId, content: jsonContent(schema, 'output', example) };
}

/** A success response without a body. */
export const emptyAnswer: ResponsesWithResolver[string] = { description: 'Done', headers: requestId };

const retryAfter: OpenAPIV3_1.HeaderObject = { description: 'The number of seconds to wait.', schema: { type: 'integer' } };

const headers: Record<number, Record<string, OpenAPIV3_1.HeaderObject>> = {
  401: { 'WWW-Authenticate': { schema: { type: 'string' } } },
  429: { 'Retry-After': retryAfter },
  503: { 'Retry-After': retryAfter },
};

/** Returns the error responses of a route by status, with each error as an example. */
export function errorResponses(...errors: ErrorExample[]): ResponsesWithResolver {
  const byStatus = Map.groupBy(errors, ({ code }) => errorCodes[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, errors]) => {
      const description = [...new Set(errors.map(({ code }) => errorCodes[code].title))].join('; ');
      const content = jsonContent(errorAnswer, 'output', ...errors.map(exampleOf));
      return [status, { description, headers: { ...requestId, ...headers[status] }, content }];
    }),
  );
}

function exampleOf({ code, detail, source, reason }: ErrorExample): z.output<typeof errorAnswer> {
  const { status, title } = errorCodes[code];
  if (code === 'unauthorized') return { errors: [{ status: String(status), title }] };
  return {
    errors: [{ status: String(status), title, detail, ...(source && { source }), ...(reason && { reason }) }],
    meta: { request_id: '13c02a32-d534-440a-9e66-6468dabcd5ec' },
  };
}
