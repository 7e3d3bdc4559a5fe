import { Hono } from 'hono';
import type { ApiEnv } from '#lib/api/env';
import { attributeRoutes } from '#lib/api/routes/attributes';
import { codeRoutes } from '#lib/api/routes/codes';
import { historyRoutes } from '#lib/api/routes/history';
import { jobRoutes } from '#lib/api/routes/jobs';
import { promotionRoutes } from '#lib/api/routes/promotions';
import { redemptionRoutes } from '#lib/api/routes/redemptions';
import { tokenRoutes } from '#lib/api/routes/token';
import { usageRoutes } from '#lib/api/routes/usages';

/** All routes in the OpenAPI document. The paths `attributes`, `redemptions` and `usages` come before `:promotionId`, which would match them. */
export const documentedRoutes = new Hono<ApiEnv>();

for (const routes of [tokenRoutes, attributeRoutes, redemptionRoutes, usageRoutes, promotionRoutes, historyRoutes, jobRoutes, codeRoutes])
  documentedRoutes.route('/', routes);
