import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import type { ApiEnv } from '#lib/api/env';
import { log } from '#lib/log';

const ownId = /^[\w.-]{8,128}$/;

/**
 * Gives every call an id, which its answer and its log line carry: the one that the client sent, so that the logs of both
 * sides name the call alike, or a new one. Forbids caches to keep the answer.
 */
export const callLog = createMiddleware<ApiEnv>(async (c, next) => {
  const started = performance.now();
  const given = c.req.header('x-request-id') ?? '';
  const requestId = ownId.test(given) ? given : randomUUID();
  c.set('requestId', requestId);
  c.header('x-request-id', requestId);
  c.header('cache-control', 'no-store');
  await next();
  const { client } = c.var;
  // The path of the request may hold a code. Middleware stands for all methods.
  const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path;
  const line = { request_id: requestId, method: c.req.method, route, ...(client && { client: client.id }) };
  log.info({ ...line, status: c.res.status, ms: Math.round(performance.now() - started) }, 'API call');
});
