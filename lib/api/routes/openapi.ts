import { Hono } from 'hono';
import type { ApiEnv } from '#lib/api/env';
import { openApiDocument } from '#lib/api/openapi/document';
import { baseUrl } from '#lib/http/base-url';

/** `GET /openapi.json`: the OpenAPI document, for programs. People read it at `/docs/api`. */
export const openApiRoutes = new Hono<ApiEnv>();

openApiRoutes.get('/openapi.json', async (c) => {
  const document = await openApiDocument(baseUrl(c.req.raw.headers));
  return c.json(document, 200, { 'cache-control': 'no-cache' });
});
