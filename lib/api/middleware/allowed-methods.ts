import type { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { TrieRouter } from 'hono/router/trie-router';
import type { ApiEnv } from '#lib/api/env';
import { methodNotAllowed } from '#lib/api/refusal';

/**
 * Answers 405 with `Allow` when the address of a call has routes, but none with its method; Hono would answer 404. Answers
 * OPTIONS with 204. Where two routes match, as `/attributes` and `/:id` do, the one that was declared first counts.
 */
export function allowedMethods(app: Hono<ApiEnv>) {
  let addresses: TrieRouter<Set<string>> | undefined;
  return createMiddleware<ApiEnv>(async (c, next) => {
    addresses ??= methodsByAddress(app);
    const methods = addresses.match('ALL', c.req.path)[0][0]?.[0];
    if (!methods || methods.has(c.req.method)) return next();
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (c.req.method === 'OPTIONS') return c.body(null, 204, { allow });
    throw methodNotAllowed(allow);
  });
}

function methodsByAddress({ routes }: Hono<ApiEnv>): TrieRouter<Set<string>> {
  // Middleware stands for all methods.
  const byPath = Map.groupBy(
    routes.filter(({ method }) => method !== 'ALL'),
    ({ path }) => path,
  );
  const router = new TrieRouter<Set<string>>();
  for (const [path, routes] of byPath) {
    const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    router.add('ALL', path, new Set(methods));
  }
  return router;
}
