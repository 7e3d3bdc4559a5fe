import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import type { ApiEnv } from '#lib/api/env';
import { log } from '#lib/log';

const validId = /^[\w.-]{8,128}$/;

/**
 * Gives every call an id, sends it in the response and writes it to the log. Uses the id of the client when it sends one, so that the
 * logs of both sides match. Forbids caching of the response.
 */
export const callLog = createMiddleware<ApiEnv>(async (c, next) => {
  const started = performance.now();
  const given = c.req.header('x-request-id') ?? '';
  const requestId = validId.test(given) ? given : randomUUID();
  c.set('requestId', requestId);
  c.header('x-request-id', requestId);
  c.header('cache-control', 'no-store');
  await next();
  const { client } = c.var;
  // The log contains the route, because the path can contain a code. Hono registers middleware with the method ALL.
  const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path;
  const line = { request_id: requestId, method: c.req.method, route, ...(client && { client: client.id }) };
  log.info({ ...line, status: c.res.status, ms: Math.round(performance.now() - started) }, 'API call');
});
