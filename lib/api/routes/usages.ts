import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { ApiEnv } from '#lib/api/env';
import { errorAnswer } from '#lib/api/middleware/errors';
import { bodyErrors, jsonBody, pathParameters, query } from '#lib/api/middleware/input';
import { callErrors, requireClient } from '#lib/api/middleware/require-client';
import { answer, errorResponses } from '#lib/api/openapi/responses';
import { addressOf, listOf, page, pageQuery, rowsOf } from '#lib/api/page';
import { filterBy, sortBy, type TimeRange } from '#lib/api/query';
import { firstPage, noPromotion, promotionId, wrongFilter, wrongPage } from '#lib/api/routes/examples';
import { codeParameters, promotionParameters } from '#lib/api/routes/parameters';
import { db } from '#lib/db';
import { anonymizeInput } from '#lib/redemptions/schema';
import { apiUsage, serializeUsage } from '#lib/redemptions/serialize';
import { anonymizeUsages } from '#lib/redemptions/usages/anonymize';
import { listUsages, tooManyToSort } from '#lib/redemptions/usages/list';
import { type UsageOrder, usageOrders } from '#lib/redemptions/usages/usages.sql';

/** The routes for usages. In the vendor's API, a usage is the uses of one code in one redemption. */
export const usageRoutes = new Hono<ApiEnv>();

const tags = ['Usages'];

const usage: z.output<typeof apiUsage> = {
  id: '00000007-0a3f-8c81-8b20-00042f000000',
  order_id: '2026-1017',
  code_id: '90210',
  code: 'SUMMER26',
  times_used: 1,
  used_on: '2026-12-06T13:52:29.587Z',
  customer_id: 'ann',
  meta: { timestamps: { updated_at: '2026-12-06T13:52:29.587Z' } },
  anonymized: false,
};
const { customer_id: _, ...anonymous } = { ...usage, updated_by: 'nightly', anonymized: true };

const filter = filterBy(['id', 'code'], [], ['used_on']);
const tooMany = { code: 'bad_request', detail: tooManyToSort, source: 'sort' } as const;

usageRoutes.post(
  '/v2/promotions/usages/anonymize',
  describeRoute({
    operationId: 'anonymizeUsages',
    tags,
    summary: 'Anonymize usages',
    description:
      'Removes the customer from usages and keeps the counts. `customer` anonymizes all usages of one customer. Unknown ids are listed in `errors`, and the other usages are anonymized.',
    responses: {
      200: answer(z.object({ data: z.array(apiUsage), errors: anonymizeErrors() }), { data: [anonymous] }),
      ...errorResponses(
        { code: 'invalid_input', detail: 'Enter at least one id', source: 'data.usage_ids' },
        ...bodyErrors(),
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  jsonBody(anonymizeInput, { example: { usage_ids: [usage.id] } }),
  async (c) => {
    const { rows, unknown } = await anonymizeUsages(db(), c.var.client, c.req.valid('json'));
    const errors = [{ status: '404', title: 'Could not anonymize some usages', detail: 'Usages not found.', meta: { usage_ids: unknown } }];
    return c.json({ data: rows.map(serializeUsage), ...(unknown.length > 0 && { errors }) });
  },
);

function anonymizeErrors() {
  return z
    .array(errorAnswer.shape.errors.element.extend({ meta: z.object({ usage_ids: z.array(z.string()) }) }))
    .optional()
    .meta({ description: 'The ids without a usage.' });
}

usageRoutes.get(
  '/v2/promotions/:promotionId/usages',
  describeRoute({
    operationId: 'listUsages',
    tags,
    summary: 'List the usages of a promotion',
    description: 'Usages whose uses were all returned are not listed. The last changed usage comes first.',
    responses: {
      200: answer(listOf(apiUsage), firstPage(`/v2/promotions/${promotionId}/usages`, usage)),
      ...errorResponses(noPromotion, wrongPage, wrongFilter, tooMany, ...callErrors.read),
    },
  }),
  requireClient('read'),
  pathParameters(promotionParameters),
  query(pageQuery.extend({ filter, sort: sortBy(usageOrders, { by: 'updated_at', descending: true }) })),
  async (c) => {
    const query = c.req.valid('query');
    const { rows, total } = await listUsages(db(), c.var.client, { ...c.req.valid('param'), ...usagesOf(query) });
    return c.json(page({ query, address: addressOf(c) }, { rows: rows.map(serializeUsage), total }));
  },
);

usageRoutes.get(
  '/v2/promotions/:promotionId/codes/:code/usages',
  describeRoute({
    operationId: 'listUsagesOfCode',
    tags,
    summary: 'List the usages of a code',
    description: 'Codes are not case-sensitive. The usages of a removed code are also listed. The first use comes first.',
    responses: {
      200: answer(listOf(apiUsage), firstPage(`/v2/promotions/${promotionId}/codes/SUMMER26/usages`, usage)),
      ...errorResponses(noPromotion, { code: 'not_found', detail: 'code not found' }, wrongPage, wrongFilter, ...callErrors.read),
    },
  }),
  requireClient('read'),
  pathParameters(codeParameters),
  query(pageQuery.extend({ filter, sort: sortBy(usageOrders, { by: 'used_on', descending: false }) })),
  async (c) => {
    const query = c.req.valid('query');
    const { rows, total } = await listUsages(db(), c.var.client, { ...c.req.valid('param'), ...usagesOf(query) });
    return c.json(page({ query, address: addressOf(c) }, { rows: rows.map(serializeUsage), total }));
  },
);

type UsageQuery = z.output<typeof pageQuery> & {
  filter?: { id?: string; code?: string; used_on?: TimeRange } | undefined;
  sort: UsageOrder;
};

/** Converts the parameters of a list of usages to the domain's input. */
function usagesOf({ filter: { used_on, ...filter } = {}, sort, ...page }: UsageQuery) {
  return { filter: { ...filter, ...used_on }, order: sort, ...rowsOf(page) };
}
