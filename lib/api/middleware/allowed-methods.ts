import type { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { TrieRouter } from 'hono/router/trie-router';
import type { ApiEnv } from '#lib/api/env';
import { methodNotAllowed } from '#lib/api/http-error';

/**
 * Answers 405 with `Allow` when the path has routes but none with this method, for which Hono would answer 404. Answers OPTIONS
 * with 204. When two paths match, such as `/attributes` and `/:id`, the one that was declared first applies.
 */
export function allowedMethods(app: Hono<ApiEnv>) {
  let paths: TrieRouter<Set<string>> | undefined;
  return createMiddleware<ApiEnv>(async (c, next) => {
    paths ??= methodsByPath(app);
    const methods = paths.match('ALL', c.req.path)[0][0]?.[0];
    if (!methods || methods.has(c.req.method)) return next();
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (c.req.method === 'OPTIONS') return c.body(null, 204, { allow });
    throw methodNotAllowed(allow);
  });
}

function methodsByPath({ routes }: Hono<ApiEnv>): TrieRouter<Set<string>> {
  // Hono registers middleware with the method ALL.
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
