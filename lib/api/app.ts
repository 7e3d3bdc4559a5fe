import { Hono } from 'hono';
import type { ApiEnv } from '#lib/api/env';
import { allowedMethods } from '#lib/api/middleware/allowed-methods';
import { callLog } from '#lib/api/middleware/call-log';
import { answerError } from '#lib/api/middleware/errors';
import { requireClient } from '#lib/api/middleware/require-client';
import { documentedRoutes } from '#lib/api/routes/documented';
import { openApiRoutes } from '#lib/api/routes/openapi';
import { DomainError } from '#lib/errors';

/**
 * The HTTP API: `/v2`, `/oauth/access_token` and `/openapi.json`. The web process calls it before Next
 * (`#lib/server/web/api`). Under plain `next start`, the catch-all routes in `app` call it.
 */
export const api = new Hono<ApiEnv>();

api.onError(answerError);
api.use(callLog);
api.use('/v2/*', allowedMethods(api));
api.use('/openapi.json', allowedMethods(api));
api.route('/', documentedRoutes);
api.route('/', openApiRoutes);
api.all('/v2/*', requireClient('read'), () => {
  throw new DomainError('not_found', 'There is no API operation at this path');
});
api.notFound(() => {
  throw new DomainError('not_found', 'There is no API operation at this path');
});
