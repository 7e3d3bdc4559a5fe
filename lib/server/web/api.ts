import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { api } from '#lib/api/app';
import { isApi } from '#lib/server/web/page-paths';

// Replaces the global `Request` and `Response` of this process by faster ones, which Next then uses as well.
const listener = getRequestListener(api.fetch);

/** Answers a request for the HTTP API without Next. Returns false for any other request. */
export function answerApi(request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '').split('?');
  if (!isApi(path)) return false;
  // The listener reads some headers from `rawHeaders`, which must therefore hold the normalized headers (`proxy-headers.ts`).
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) => [value ?? []].flat().flatMap((one) => [name, one]));
  void listener(request, response);
  return true;
}
