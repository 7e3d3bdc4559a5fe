import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { ApiEnv } from '#lib/api/env';
import { concurrencyErrors, limitConcurrentCalls } from '#lib/api/middleware/concurrency';
import { createOnce, idempotencyErrors, idempotencyParameter } from '#lib/api/middleware/idempotency';
import { bodyErrors, jsonBody, pathParameters, query } from '#lib/api/middleware/input';
import { callErrors, requireClient } from '#lib/api/middleware/require-client';
import { answer, emptyAnswer, errorResponses } from '#lib/api/openapi/responses';
import { addressOf, listOf, page, pageQuery, resource, rowsOf } from '#lib/api/page';
import { filterBy } from '#lib/api/query';
import { firstPage, noCodesAllowed, noPromotion, promotion, promotionId, wrongFilter, wrongPage } from '#lib/api/routes/examples';
import { codeParameters, promotionParameters } from '#lib/api/routes/parameters';
import { addCodes } from '#lib/codes/add';
import { listCodesOfPromotion, tooManyForGt } from '#lib/codes/query';
import { removeCodes } from '#lib/codes/remove';
import { addCodesInput, codeLimits, removeCodesInput } from '#lib/codes/schema';
import { apiCode, serializeCode } from '#lib/codes/serialize';
import { db } from '#lib/db';
import { bodyLimits } from '#lib/http/body-limits';
import { findPromotion } from '#lib/promotions/find';
import { apiPromotion, serializePromotion } from '#lib/promotions/serialize';

/** The routes for the codes of a promotion. */
export const codeRoutes = new Hono<ApiEnv>();

const tags = ['Codes'];
const timestamps = { created_at: '2026-12-06T13:52:29.587Z' };
const code = {
  code: 'summer-aa2b-3c4d',
  consume_unit: 'per_cart',
  uses: 1,
  max_uses: 1,
  created_by: 'nightly',
  meta: { timestamps },
} as const;

codeRoutes.get(
  '/v2/promotions/:promotionId/codes',
  describeRoute({
    operationId: 'listCodes',
    tags,
    summary: 'List the codes of a promotion',
    description:
      'Lists the codes in the order in which they were added. `gt(code,…)` lists the codes that follow a code in code order. To read a large number of codes, create a `code_export` job.',
    responses: {
      200: answer(listOf(apiCode), firstPage(`/v2/promotions/${promotionId}/codes`, code)),
      ...errorResponses(
        noPromotion,
        wrongPage,
        wrongFilter,
        {
          code: 'bad_request',
          detail: tooManyForGt,
          source: 'filter',
        },
        ...callErrors.read,
      ),
    },
  }),
  requireClient('read'),
  pathParameters(promotionParameters),
  query(pageQuery.extend({ filter: filterBy(['code'], ['code']) })),
  async (c) => {
    const query = c.req.valid('query');
    const input = { ...c.req.valid('param'), ...query.filter, ...rowsOf(query) };
    const { rows, total } = await listCodesOfPromotion(db(), c.var.client, input);
    return c.json(page({ query, address: addressOf(c) }, { rows: rows.map(serializeCode), total }));
  },
);

codeRoutes.post(
  '/v2/promotions/:promotionId/codes',
  describeRoute({
    operationId: 'addCodes',
    tags,
    summary: 'Add your own codes',
    description:
      'Adds all codes or none. `uses` is the maximum number of uses of a code. A code without `uses` has no limit. `user` is one id or a list of ids. The `consume_unit` of the request is the default for its codes.',
    parameters: [idempotencyParameter],
    responses: {
      201: answer(resource(apiPromotion), { data: promotion }),
      ...errorResponses(
        { code: 'invalid_input', detail: 'Enter a code', source: 'data.codes.0.code' },
        { code: 'too_many_codes', detail: 'Only 1000 promotion codes are allowed per promotion' },
        noPromotion,
        { code: 'conflict', detail: 'SUMMER26 exists already', source: 'data.codes.0.code' },
        noCodesAllowed,
        {
          code: 'unprocessable',
          detail: 'A promotion with more than 1000 codes must end within 365 days of its start: an end up to 2027-12-06T00:00:00Z would do',
        },
        ...bodyErrors(bodyLimits.codes),
        ...idempotencyErrors,
        ...concurrencyErrors,
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  limitConcurrentCalls,
  pathParameters(promotionParameters),
  jsonBody(addCodesInput, {
    example: {
      type: 'promotion_codes',
      codes: [
        { code: 'SUMMER26', uses: 100, consume_unit: 'per_cart' },
        { code: 'ANN-15', user: 'ann' },
      ],
    },
    maximumBytes: bodyLimits.codes,
    list: { name: 'codes', most: codeLimits.addedAtOnce },
  }),
  (c) =>
    createOnce(c, async (db) => {
      const promotion = c.req.valid('param');
      await addCodes(db, c.var.client, promotion.promotionId, c.req.valid('json'));
      return { data: serializePromotion(await findPromotion(db, c.var.client, promotion)) };
    }),
);

codeRoutes.delete(
  '/v2/promotions/:promotionId/codes',
  describeRoute({
    operationId: 'removeCodes',
    tags,
    summary: 'Remove several codes',
    description: 'Removes all codes of the list or none. Codes are not case-sensitive.',
    responses: {
      204: emptyAnswer,
      ...errorResponses(
        { code: 'invalid_input', detail: 'Enter a list of codes', source: 'data.codes' },
        noPromotion,
        { code: 'not_found', detail: 'SUMMER26 is no code of this promotion', source: 'data.codes.0.code' },
        ...bodyErrors(),
        ...concurrencyErrors,
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  limitConcurrentCalls,
  pathParameters(promotionParameters),
  jsonBody(removeCodesInput, {
    example: { type: 'promotion_codes', codes: [{ code: 'SUMMER26' }, { code: 'ANN-15' }] },
    list: { name: 'codes', most: codeLimits.removedAtOnce },
  }),
  async (c) => {
    await removeCodes(db(), c.var.client, c.req.valid('param').promotionId, c.req.valid('json'));
    return c.body(null, 204);
  },
);

codeRoutes.delete(
  '/v2/promotions/:promotionId/codes/:code',
  describeRoute({
    operationId: 'removeCode',
    tags,
    summary: 'Remove one code',
    description: 'Codes are not case-sensitive.',
    responses: {
      204: emptyAnswer,
      ...errorResponses(
        noPromotion,
        {
          code: 'not_found',
          detail: 'SUMMER26 is no code of this promotion',
        },
        ...concurrencyErrors,
        ...callErrors.write,
      ),
    },
  }),
  requireClient('write'),
  limitConcurrentCalls,
  pathParameters(codeParameters),
  async (c) => {
    const { promotionId, code } = c.req.valid('param');
    await removeCodes(db(), c.var.client, promotionId, { codes: [{ code }] });
    return c.body(null, 204);
  },
);
