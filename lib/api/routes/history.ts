import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { ApiEnv } from '#lib/api/env';
import { pathParameters, query } from '#lib/api/middleware/input';
import { callErrors, requireClient } from '#lib/api/middleware/require-client';
import { answer, errorResponses } from '#lib/api/openapi/responses';
import { addressOf, listOf, page, pageQuery, rowsOf } from '#lib/api/page';
import { firstPage, noPromotion, promotionId, promotionVersion, timestamps, wrongPage } from '#lib/api/routes/examples';
import { promotionParameters } from '#lib/api/routes/parameters';
import { db } from '#lib/db';
import { apiVersion, serializeVersion } from '#lib/promotions/serialize';
import { listVersions } from '#lib/promotions/versions/list.sql';

/** The route for the versions of a promotion. */
export const historyRoutes = new Hono<ApiEnv>();

const version = { number: 2, changed: ['name'], created_by: 'ann@example.com', created_at: timestamps.updated_at };

historyRoutes.get(
  '/v2/promotions/:promotionId/history',
  describeRoute({
    operationId: 'listHistory',
    tags: ['Promotions'],
    summary: 'List the versions of a promotion',
    description:
      'Newest first. Each version contains the promotion at that time, the user or client that changed it, the time and the changed fields.',
    responses: {
      200: answer(
        listOf(apiVersion),
        firstPage(`/v2/promotions/${promotionId}/history`, { ...promotionVersion, meta: { timestamps, version } }),
      ),
      ...errorResponses(noPromotion, wrongPage, ...callErrors.read),
    },
  }),
  requireClient('read'),
  pathParameters(promotionParameters),
  query(pageQuery),
  async (c) => {
    const query = c.req.valid('query');
    const { rows, total } = await listVersions(db(), c.var.client, { ...c.req.valid('param'), ...rowsOf(query) });
    return c.json(page({ query, address: addressOf(c) }, { rows: rows.map(serializeVersion), total }));
  },
);
