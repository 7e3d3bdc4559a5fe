import { Hono } from 'hono';
import type { ApiEnv } from '#lib/api/env';
import { attributeRoutes } from '#lib/api/routes/attributes';
import { codeRoutes } from '#lib/api/routes/codes';
import { historyRoutes } from '#lib/api/routes/history';
import { jobRoutes } from '#lib/api/routes/jobs';
import { promotionRoutes } from '#lib/api/routes/promotions';
import { tokenRoutes } from '#lib/api/routes/token';

/** All routes that the OpenAPI document describes, in its order. `/v2/promotions/attributes` is no id, so its route comes first. */
export const documentedRoutes = new Hono<ApiEnv>();

for (const routes of [tokenRoutes, attributeRoutes, promotionRoutes, historyRoutes, jobRoutes, codeRoutes])
  documentedRoutes.route('/', routes);
