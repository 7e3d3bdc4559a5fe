import { createMiddleware } from 'hono/factory';
import { uniqueSymbol as documentation } from 'hono-openapi';
import { z } from 'zod';
import { readJsonBody } from '#lib/api/body';
import type { ApiEnv } from '#lib/api/env';
import { jsonContent, schemaOf } from '#lib/api/openapi/content';
import type { ErrorExample } from '#lib/api/openapi/responses';
import { readQuery } from '#lib/api/query';
import { DomainError } from '#lib/errors';
import { bodyLimits } from '#lib/http/body-limits';
import { type LongList, parseInput, parseListInput } from '#lib/input/parse';

// Each middleware parses one part of a request and documents it in the OpenAPI document. Handlers read it with `c.req.valid(…)`.

type Fields = z.ZodType<object>;

/** Parses the parameters of the path. The message of an invalid one is the detail of a 404. */
export function pathParameters<S extends z.ZodObject>(schema: S) {
  const middleware = createMiddleware<ApiEnv, string, { in: { param: Record<string, string> }; out: { param: z.output<S> } }>(
    async (c, next) => {
      const parsed = schema.safeParse(c.req.param());
      if (!parsed.success) throw new DomainError('not_found', parsed.error.issues[0]?.message ?? 'not found');
      c.req.addValidatedData('param', parsed.data);
      await next();
    },
  );
  return Object.assign(middleware, { [documentation]: { target: 'param', ...schemaOf(schema, 'output') } });
}

/** Parses the parameters of the query. Parameters that are not in the schema are ignored. */
export function query<S extends z.ZodObject>(schema: S) {
  const middleware = createMiddleware<ApiEnv, string, { in: { query: Record<string, string> }; out: { query: z.output<S> } }>(
    async (c, next) => {
      c.set('fieldName', (field) => field);
      c.req.addValidatedData('query', readQuery(schema, new URL(c.req.url).searchParams));
      await next();
    },
  );
  return Object.assign(middleware, { [documentation]: { target: 'query', ...schemaOf(schema.partial(), 'output') } });
}

type BodyOptions<S extends z.ZodType> = {
  example: z.input<S>;
  /** The limit of the body. A larger body is answered with 413. */
  maximumBytes?: number;
  /** The long list in the body, if there is one. */
  list?: LongList;
  /** True when an absent body counts as an empty object. */
  optional?: true;
};
type ParsedBody = { bodyBytes: Uint8Array };

/** Parses a JSON body with its fields under `data` or at the top level. */
export function jsonBody<S extends Fields>(schema: S, { example, maximumBytes = bodyLimits.call, list, optional }: BodyOptions<S>) {
  type Env = { Variables: ApiEnv['Variables'] & ParsedBody };
  const middleware = createMiddleware<Env, string, { in: { json: z.input<S> }; out: { json: z.output<S> } }>(async (c, next) => {
    c.set('fieldName', (field) => `data.${field}`);
    const { bytes, value } = await readJsonBody(c.req.raw, maximumBytes, { listName: list?.name, optional });
    c.set('bodyBytes', bytes);
    c.req.addValidatedData('json', await (list ? parseListInput(schema, value, list) : parseInput(schema, value)));
    await next();
  });
  const content = jsonContent(z.union([z.object({ data: schema }), schema]), 'input', { data: example });
  return Object.assign(middleware, { [documentation]: { spec: { requestBody: { required: !optional, content } } } });
}

/** The errors of every call with a body. */
export function bodyErrors(maximumBytes: number = bodyLimits.call): readonly ErrorExample[] {
  return [
    { code: 'bad_request', detail: 'The body is not valid JSON' },
    { code: 'too_large', detail: `The body may have at most ${maximumBytes} bytes` },
    { code: 'unsupported_type', detail: 'Send JSON, with Content-Type: application/json' },
  ];
}
