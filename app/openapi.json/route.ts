import { openApiDocument } from '#lib/api/openapi';
import { baseUrl } from '#lib/http/base-url';

/** What the API takes and answers, for programs. People read it at `/docs/api`. */
export function GET({ headers }: Request): Response {
  return Response.json(openApiDocument(baseUrl(headers)), { headers: { 'cache-control': 'no-cache' } });
}
