import { Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import type { ApiEnv } from '#lib/api/env';
import { callErrors, requireClient } from '#lib/api/middleware/require-client';
import { answer, errorResponses } from '#lib/api/openapi/responses';
import { resource } from '#lib/api/page';
import { promotionAttribute, promotionAttributes } from '#lib/promotions/attributes';

/** The route for the fields of a promotion. */
export const attributeRoutes = new Hono<ApiEnv>();

const attributes = resource(z.array(promotionAttribute));

attributeRoutes.get(
  '/v2/promotions/attributes',
  describeRoute({
    operationId: 'listAttributes',
    tags: ['Promotions'],
    summary: 'List the fields of a promotion',
    description: 'The forms of the vendor read this list.',
    responses: { 200: answer(attributes, { data: promotionAttributes }), ...errorResponses(...callErrors.read) },
  }),
  requireClient('read'),
  (c) => c.json({ data: promotionAttributes }),
);
