import { openApiDocument } from '#lib/api/openapi';
import { baseUrl } from '#lib/http/base-url';

/** The OpenAPI document. The readable form is at `/docs/api`. */
export function GET({ headers }: Request): Response {
  return Response.json(openApiDocument(baseUrl(headers)), { headers: { 'cache-control': 'no-cache' } });
}
