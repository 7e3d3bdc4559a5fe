import { Hono } from 'hono';
import type { ApiEnv } from '#lib/api/env';
import { openApiDocument } from '#lib/api/openapi/document';
import { baseUrl } from '#lib/http/base-url';

/** The route `GET /openapi.json`, which returns the OpenAPI document. `/docs/api` shows it to people. */
export const openApiRoutes = new Hono<ApiEnv>();

openApiRoutes.get('/openapi.json', async (c) => {
  const document = await openApiDocument(baseUrl(c.req.raw.headers));
  return c.json(document, 200, { 'cache-control': 'no-cache' });
});
