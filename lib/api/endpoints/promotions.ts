import { z } from 'zod';
import { endpoint, noAnswer, noBody, noParams, noQuery, promotionParams } from '#lib/api/endpoint';
import { noPromotion, wrongFilter, wrongPage } from '#lib/api/endpoints/errors';
import { listOf, pageQuery, resource } from '#lib/api/page';
import { filterBy } from '#lib/api/query';
import { promotionAttribute, promotionAttributes } from '#lib/promotions/attributes';
import { createPromotionInput, promotionChanges } from '#lib/promotions/schema';
import { apiPromotion, apiVersion } from '#lib/promotions/serialize';

const group = 'Promotions';
const promotions = '/v2/promotions';
const promotion = `${promotions}/{promotionId}`;

const given = {
  name: 'Summer',
  description: '10 % off the cart',
  enabled: true,
  automatic: false,
  promotion_type: 'percent_discount',
  schema: { currencies: [{ percentage: '10', currency: 'EUR' }] },
} as const;
const timestamps = { created_at: '2026-12-06T13:52:29.587Z', updated_at: '2026-12-06T13:52:29.587Z' };
const facts = {
  ...given,
  type: 'promotion',
  start: '2026-12-06T00:00:00Z',
  end: '2027-06-06T00:00:00Z',
  min_cart_value: [],
  max_discount_value: [],
  created_by: 'nightly',
  updated_by: 'nightly',
} as const;
const id = 'ad386702-e780-42c6-b190-0527ad768917';

export const promotionExample: z.output<typeof apiPromotion> = {
  ...facts,
  ...{
    id,
    parent_id: id,
    current: true,
    min_cart_value: [],
    max_discount_value: [],
    meta: { timestamps, codes: { count: 100, maximum: 1000 } },
  },
};

export const listPromotions = endpoint({
  ...{ method: 'GET', path: promotions, permission: 'read', group, id: 'listPromotions', status: 200 },
  summary: 'All promotions',
  description: 'Newest first. `eq(code,…)` finds the promotion that owns a code, in any case.',
  params: noParams,
  query: pageQuery.extend({ filter: filterBy(['code']) }),
  body: noBody,
  answer: listOf(apiPromotion),
  errors: [wrongPage, wrongFilter],
  examples: { answer: [promotionExample] },
});

export const listAttributes = endpoint({
  ...{ method: 'GET', path: `${promotions}/attributes`, permission: 'read', group, id: 'listAttributes', status: 200 },
  summary: 'The fields of a promotion',
  description: 'As forms of the vendor ask for them.',
  params: noParams,
  query: noQuery,
  body: noBody,
  answer: resource(z.array(promotionAttribute)),
  errors: [],
  examples: { answer: promotionAttributes },
});

export const createPromotion = endpoint({
  ...{ method: 'POST', path: promotions, permission: 'write', group, id: 'createPromotion', status: 201 },
  summary: 'Make a promotion',
  description: '`promotion_type` decides what `schema` must hold, and cannot change afterwards.',
  repeatable: true,
  params: noParams,
  query: noQuery,
  body: createPromotionInput,
  answer: resource(apiPromotion),
  errors: [{ code: 'invalid_input', detail: 'Enter an end after the start', source: 'data.end' }],
  examples: { body: { type: 'promotion', ...given, start: '2026-12-06', end: '2027-06-06T00:00:00Z' }, answer: promotionExample },
});

export const getPromotion = endpoint({
  ...{ method: 'GET', path: promotion, permission: 'read', group, id: 'getPromotion', status: 200 },
  summary: 'One promotion',
  params: promotionParams,
  query: noQuery,
  body: noBody,
  answer: resource(apiPromotion),
  errors: [noPromotion],
  examples: { answer: promotionExample },
});

export const updatePromotion = endpoint({
  ...{ method: 'PUT', path: promotion, permission: 'write', group, id: 'updatePromotion', status: 200 },
  summary: 'Change a promotion',
  description:
    'Only the fields that are given change. `automatic` cannot be switched on while there are codes. A new end on a promotion that has ended deletes its codes; with more than 1000 of them it is refused.',
  params: promotionParams,
  query: noQuery,
  body: promotionChanges,
  answer: resource(apiPromotion),
  errors: [
    { code: 'invalid_input', detail: 'Enter an end after the start', source: 'data.end' },
    noPromotion,
    { code: 'unprocessable', detail: 'promotion_type cannot change after creation', source: 'data.promotion_type' },
  ],
  examples: { body: { type: 'promotion', id, name: 'Late summer', enabled: true }, answer: { ...promotionExample, name: 'Late summer' } },
});

export const deletePromotion = endpoint({
  ...{ method: 'DELETE', path: promotion, permission: 'write', group, id: 'deletePromotion', status: 204 },
  summary: 'Delete a promotion',
  description: 'With its codes, its jobs and their files. Refused while a job of it is active.',
  params: promotionParams,
  query: noQuery,
  body: noBody,
  answer: noAnswer,
  errors: [
    noPromotion,
    {
      code: 'unprocessable',
      detail: 'A job of this promotion is still active: wait for it or cancel it, then delete the promotion',
    },
  ],
  examples: {},
});

export const listHistory = endpoint({
  ...{ method: 'GET', path: `${promotion}/history`, permission: 'read', group, id: 'listHistory', status: 200 },
  summary: 'The versions of a promotion',
  description: 'Newest first: what it was, who made it so, when, and which fields changed.',
  params: promotionParams,
  query: pageQuery,
  body: noBody,
  answer: listOf(apiVersion),
  errors: [noPromotion, wrongPage],
  examples: {
    answer: [
      {
        ...facts,
        ...{ id, parent_id: id, current: true },
        meta: { timestamps, version: { number: 2, changed: ['name'], created_by: 'ann@example.com', created_at: timestamps.updated_at } },
      },
    ],
  },
});
