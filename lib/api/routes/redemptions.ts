import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import type { z } from 'zod';
import type { ApiEnv } from '#lib/api/env';
import { limitConcurrentRedemptions, redemptionConcurrencyErrors } from '#lib/api/middleware/concurrency';
import { createOnce, idempotencyErrors, idempotencyParameter } from '#lib/api/middleware/idempotency';
import { bodyErrors, jsonBody, pathParameters } from '#lib/api/middleware/input';
import { callErrors, requireClient } from '#lib/api/middleware/require-client';
import { answer, type ErrorExample, errorResponses } from '#lib/api/openapi/responses';
import { resource } from '#lib/api/page';
import { promotionFields, promotionId, timestamps } from '#lib/api/routes/examples';
import { redemptionParameters } from '#lib/api/routes/parameters';
import { db } from '#lib/db';
import { checkRedemption } from '#lib/redemptions/check';
import { findRedemption } from '#lib/redemptions/find';
import { confirmRedemption } from '#lib/redemptions/holds/confirm';
import { countMisses } from '#lib/redemptions/misses';
import { redeem } from '#lib/redemptions/redeem';
import { rollBackRedemption } from '#lib/redemptions/rollback';
import { checkInput, redeemInput, rollbackInput } from '#lib/redemptions/schema';
import { apiCheck, apiRedemption, serializeCheck, serializeRedemption } from '#lib/redemptions/serialize';
import { reasonTexts } from '#lib/redemptions/status';

/** The routes that check, redeem, hold, confirm and roll back uses of codes. */
export const redemptionRoutes = new Hono<ApiEnv>();

const tags = ['Redemptions'];
const redemptions = '/v2/promotions/redemptions';

const id = '00000007-0a3f-8c81-8b20-00042f000000';
const redemption: z.output<typeof apiRedemption> = {
  type: 'redemption',
  id,
  status: 'held',
  codes: [{ code: 'SUMMER26', promotion_id: promotionId, usage_id: id, quantity: 1, returned: 0 }],
  order: '2026-1017',
  customer: 'ann',
  held_until: '2026-12-06T14:07:29.587Z',
  meta: { timestamps },
};
const { held_until: _, ...confirmed } = { ...redemption, status: 'redeemed' as const };

const noRedemption: ErrorExample = { code: 'not_found', detail: 'redemption not found' };
const tooManyMisses: ErrorExample = { code: 'too_many_requests', detail: 'Too many attempts. Try again in 10 minutes.' };
const unusable: ErrorExample = { code: 'code_unusable', detail: reasonTexts.used_up, source: 'data.codes.0.code', reason: 'used_up' };

redemptionRoutes.post(
  `${redemptions}/check`,
  describeRoute({
    operationId: 'checkRedemption',
    tags,
    summary: 'Check a code at the cart',
    description:
      'Checks whether a customer can use the code now, without redeeming it. An unknown code is a result, not an error. Send the IP address of the shopper as `shopper_ip`. An address that tries 20 unknown codes in 10 minutes gets 429.',
    responses: {
      200: answer(resource(apiCheck), {
        data: {
          type: 'redemption_check',
          usable: true,
          uses: 1,
          max_uses: 1,
          promotion: {
            type: 'promotion',
            id: promotionId,
            name: promotionFields.name,
            promotion_type: promotionFields.promotion_type,
            schema: promotionFields.schema,
            start: '2026-12-06T00:00:00.000Z',
            end: '2027-06-06T00:00:00.000Z',
            min_cart_value: [],
            max_discount_value: [],
          },
        },
      }),
      ...errorResponses(
        { code: 'invalid_input', detail: 'Enter a code', source: 'data.code' },
        tooManyMisses,
        ...bodyErrors(),
        ...redemptionConcurrencyErrors,
        ...callErrors.redeem,
      ),
    },
  }),
  requireClient('redeem'),
  limitConcurrentRedemptions,
  jsonBody(checkInput, { example: { type: 'redemption_check', code: 'SUMMER26', customer: 'ann', shopper_ip: '198.51.100.7' } }),
  async (c) => {
    const input = c.req.valid('json');
    const sender = { actor: c.var.client, shopperIp: input.shopper_ip };
    const check = () => checkRedemption(db(), c.var.client, input);
    return c.json({ data: serializeCheck(await countMisses(sender, check, ({ reason }) => reason === 'not_found')) });
  },
);

redemptionRoutes.post(
  redemptions,
  describeRoute({
    operationId: 'redeem',
    tags,
    summary: 'Redeem or hold codes',
    description:
      'Redeems all codes or none. With `hold_seconds`, the uses are held until they are confirmed, and returned when the time expires. Send an `Idempotency-Key`, such as the id of the order, so that you can repeat a call whose response was lost. `quantity` applies to codes with the `consume_unit` `per_item`.',
    parameters: [idempotencyParameter],
    responses: {
      201: answer(resource(apiRedemption), { data: redemption }),
      ...errorResponses(
        { code: 'invalid_input', detail: 'Enter at least one code', source: 'data.codes' },
        unusable,
        tooManyMisses,
        ...bodyErrors(),
        ...idempotencyErrors,
        ...redemptionConcurrencyErrors,
        ...callErrors.redeem,
      ),
    },
  }),
  requireClient('redeem'),
  limitConcurrentRedemptions,
  jsonBody(redeemInput, {
    example: { type: 'redemption', codes: [{ code: 'SUMMER26', quantity: 1 }], order: '2026-1017', customer: 'ann', hold_seconds: 900 },
  }),
  (c) => {
    const input = c.req.valid('json');
    const sender = { actor: c.var.client, shopperIp: input.shopper_ip };
    return countMisses(sender, () => createOnce(c, async (db) => ({ data: serializeRedemption(await redeem(db, c.var.client, input)) })));
  },
);

redemptionRoutes.get(
  `${redemptions}/:redemptionId`,
  describeRoute({
    operationId: 'getRedemption',
    tags,
    summary: 'Get a redemption',
    responses: {
      200: answer(resource(apiRedemption), { data: redemption }),
      ...errorResponses(noRedemption, ...redemptionConcurrencyErrors, ...callErrors.redeem),
    },
  }),
  requireClient('redeem'),
  limitConcurrentRedemptions,
  pathParameters(redemptionParameters),
  async (c) => c.json({ data: serializeRedemption(await findRedemption(db(), c.var.client, c.req.valid('param').redemptionId)) }),
);

redemptionRoutes.post(
  `${redemptions}/:redemptionId/confirm`,
  describeRoute({
    operationId: 'confirmRedemption',
    tags,
    summary: 'Confirm held codes',
    description:
      'Confirm a hold when the order is paid. The uses stay redeemed. A repeated call gets the same response. The body can be empty.',
    responses: {
      200: answer(resource(apiRedemption), { data: confirmed }),
      ...errorResponses(
        noRedemption,
        { code: 'unprocessable', detail: 'The hold ran out before it was confirmed: redeem the codes again' },
        ...redemptionConcurrencyErrors,
        ...callErrors.redeem,
      ),
    },
  }),
  requireClient('redeem'),
  limitConcurrentRedemptions,
  pathParameters(redemptionParameters),
  async (c) => c.json({ data: serializeRedemption(await confirmRedemption(db(), c.var.client, c.req.valid('param').redemptionId)) }),
);

redemptionRoutes.post(
  `${redemptions}/:redemptionId/rollback`,
  describeRoute({
    operationId: 'rollBackRedemption',
    tags,
    summary: 'Roll back a redemption',
    description:
      'Without a body, all uses are returned. With `codes`, `quantity` is the total number of returned uses of a code, so that a repeated call changes nothing. To return one of three uses and later another, send 1 and then 2.',
    responses: {
      200: answer(resource(apiRedemption), {
        data: { ...confirmed, status: 'rolled_back', codes: confirmed.codes.map((code) => ({ ...code, returned: 1 })) },
      }),
      ...errorResponses(
        noRedemption,
        { code: 'unprocessable', detail: 'The redemption does not have this code', source: 'data.codes.0.code' },
        ...bodyErrors(),
        { code: 'invalid_input', detail: 'Enter at least one code', source: 'data.codes' },
        ...redemptionConcurrencyErrors,
        ...callErrors.redeem,
      ),
    },
  }),
  requireClient('redeem'),
  limitConcurrentRedemptions,
  pathParameters(redemptionParameters),
  jsonBody(rollbackInput, { example: { codes: [{ code: 'SUMMER26', quantity: 1 }] }, optional: true }),
  async (c) => {
    const { redemptionId } = c.req.valid('param');
    return c.json({ data: serializeRedemption(await rollBackRedemption(db(), c.var.client, redemptionId, c.req.valid('json'))) });
  },
);
