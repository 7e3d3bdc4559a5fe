import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { ApiEnv } from '#lib/api/env';
import { createOnce, idempotencyErrors, idempotencyParameter } from '#lib/api/middleware/idempotency';
import { bodyErrors, jsonBody, pathParameters, query } from '#lib/api/middleware/input';
import { callErrors, requireClient } from '#lib/api/middleware/require-client';
import { answer, emptyAnswer, errorResponses } from '#lib/api/openapi/responses';
import { addressOf, listOf, page, pageQuery, resource, rowsOf } from '#lib/api/page';
import { filterBy } from '#lib/api/query';
import { firstPage, noPromotion, promotion, promotionFields, promotionId, wrongFilter, wrongPage } from '#lib/api/routes/examples';
import { promotionParameters } from '#lib/api/routes/parameters';
import { db } from '#lib/db';
import { createPromotion } from '#lib/promotions/creation/create';
import { deletePromotion } from '#lib/promotions/deletion/delete';
import { findPromotion, findPromotions } from '#lib/promotions/find';
import { createPromotionInput, promotionChanges } from '#lib/promotions/schema';
import { apiPromotion, serializePromotion } from '#lib/promotions/serialize';
import { updatePromotion } from '#lib/promotions/update';

/** Promotions. */
export const promotionRoutes = new Hono<ApiEnv>();

const tags = ['Promotions'];

promotionRoutes.get(
  '/v2/promotions',
  describeRoute({
    operationId: 'listPromotions',
    tags,
    summary: 'List promotions',
    description: 'Newest first. `eq(code,…)` finds the promotion that owns a code. Upper and lower case do not matter.',
    responses: {
      200: answer(listOf(apiPromotion), firstPage('/v2/promotions', promotion)),
      ...errorResponses(wrongPage, wrongFilter, ...callErrors.read),
    },
  }),
  requireClient('read'),
  query(pageQuery.extend({ filter: filterBy(['code']) })),
  async (c) => {
    const query = c.req.valid('query');
    const { rows, total } = await findPromotions(db(), c.var.client, { ...query.filter, ...rowsOf(query) });
    return c.json(page({ query, address: addressOf(c) }, { rows: rows.map(serializePromotion), total }));
  },
);

promotionRoutes.post(
  '/v2/promotions',
  describeRoute({
    operationId: 'createPromotion',
    tags,
    summary: 'Create a promotion',
    description: '`promotion_type` decides what `schema` must hold, and cannot change afterwards.',
    parameters: [idempotencyParameter],
    responses: {
      201: answer(resource(apiPromotion), { data: promotion }),
      ...errorResponses(
        {
          code: 'invalid_input',
          detail: 'Enter an end after the start',
          source: 'data.end',
        },
        ...bodyErrors(),
        ...idempotencyErrors,
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  jsonBody(createPromotionInput, {
    example: { type: 'promotion', ...promotionFields, start: '2026-12-06', end: '2027-06-06T00:00:00Z' },
  }),
  (c) => createOnce(c, async (db) => ({ data: serializePromotion(await createPromotion(db, c.var.client, c.req.valid('json'))) })),
);

promotionRoutes.get(
  '/v2/promotions/:promotionId',
  describeRoute({
    operationId: 'getPromotion',
    tags,
    summary: 'Get a promotion',
    responses: {
      200: answer(resource(apiPromotion), { data: promotion }),
      ...errorResponses(noPromotion, ...callErrors.read),
    },
  }),
  requireClient('read'),
  pathParameters(promotionParameters),
  async (c) => c.json({ data: serializePromotion(await findPromotion(db(), c.var.client, c.req.valid('param'))) }),
);

promotionRoutes.put(
  '/v2/promotions/:promotionId',
  describeRoute({
    operationId: 'updatePromotion',
    tags,
    summary: 'Update a promotion',
    description:
      'Changes only the fields that are given. `automatic` cannot be switched on while there are codes. A new end on a promotion that has ended deletes its codes; with more than 1000 of them, it is refused.',
    responses: {
      200: answer(resource(apiPromotion), { data: { ...promotion, name: 'Late summer' } }),
      ...errorResponses(
        { code: 'invalid_input', detail: 'Enter an end after the start', source: 'data.end' },
        noPromotion,
        { code: 'unprocessable', detail: 'promotion_type cannot change after creation', source: 'data.promotion_type' },
        ...bodyErrors(),
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  pathParameters(promotionParameters),
  jsonBody(promotionChanges, { example: { type: 'promotion', id: promotionId, name: 'Late summer', enabled: true } }),
  async (c) => {
    const changes = { ...c.req.valid('json'), ...c.req.valid('param') };
    return c.json({ data: serializePromotion(await updatePromotion(db(), c.var.client, changes)) });
  },
);

promotionRoutes.delete(
  '/v2/promotions/:promotionId',
  describeRoute({
    operationId: 'deletePromotion',
    tags,
    summary: 'Delete a promotion',
    description:
      'Deletes the promotion with its codes, its jobs and their files. It is refused while a job of the promotion is active. With more than 10,000 codes a job deletes them after the answer; meanwhile the promotion is not found any more, and other promotions can add its codes.',
    responses: {
      204: emptyAnswer,
      ...errorResponses(
        noPromotion,
        {
          code: 'unprocessable',
          detail: 'A job of this promotion is still active: wait for it or cancel it, then delete the promotion',
        },
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  pathParameters(promotionParameters),
  async (c) => {
    await deletePromotion(db(), c.var.client, c.req.valid('param'));
    return c.body(null, 204);
  },
);
