import { z } from 'zod';
import { endpoint, noAnswer, noBody, noQuery, promotionParams } from '#lib/api/endpoint';
import { noCodesAllowed, noPromotion, wrongFilter, wrongPage } from '#lib/api/endpoints/errors';
import { promotionExample } from '#lib/api/endpoints/promotions';
import { listOf, pageQuery, resource } from '#lib/api/page';
import { filterBy } from '#lib/api/query';
import { tooManyForGt } from '#lib/codes/query';
import { addCodesInput, codeLimits, removeCodesInput } from '#lib/codes/schema';
import { apiCode } from '#lib/codes/serialize';
import { bodyLimits } from '#lib/http/body-limits';
import { apiPromotion } from '#lib/promotions/serialize';

const group = 'Codes';
const codes = '/v2/promotions/{promotionId}/codes';

export const listCodes = endpoint({
  ...{ method: 'GET', path: codes, permission: 'read', group, id: 'listCodes', status: 200 },
  summary: 'The codes of a promotion',
  description:
    'In the order in which they were added. `gt(code,…)` lists the codes after a code, in the order of codes. To read all of many codes, create a `code_export` job.',
  params: promotionParams,
  query: pageQuery.extend({ filter: filterBy(['code'], ['code']) }),
  body: noBody,
  answer: listOf(apiCode),
  errors: [noPromotion, wrongPage, wrongFilter, { code: 'bad_request', detail: tooManyForGt, source: 'filter' }],
  examples: {
    answer: [
      {
        code: 'summer-aa2b-3c4d',
        consume_unit: 'per_cart',
        uses: 1,
        max_uses: 1,
        created_by: 'nightly',
        meta: { timestamps: { created_at: '2026-12-06T13:52:29.587Z' } },
      },
    ],
  },
});

export const addCodes = endpoint({
  ...{ method: 'POST', path: codes, permission: 'write', group, id: 'addCodes', status: 201 },
  summary: 'Add codes of your own',
  description:
    'All or none. `uses` is how often each code can be used; without it, there is no limit. `user` is one id or a list of ids. `consume_unit` beside the list is the default of its codes.',
  repeatable: true,
  maximumBytes: bodyLimits.codes,
  list: { name: 'codes', most: codeLimits.addedAtOnce },
  takesTurns: true,
  params: promotionParams,
  query: noQuery,
  body: addCodesInput,
  answer: resource(apiPromotion),
  errors: [
    { code: 'invalid_input', detail: 'Enter a code', source: 'data.codes.0.code' },
    { code: 'too_many_codes', detail: 'Only 1000 promotion codes are allowed per promotion' },
    noPromotion,
    { code: 'conflict', detail: 'SUMMER26 exists already', source: 'data.codes.0.code' },
    noCodesAllowed,
    {
      code: 'unprocessable',
      detail: 'A promotion with more than 1000 codes must end within 365 days of its start: an end up to 2027-12-06T00:00:00Z would do',
    },
  ],
  examples: {
    body: {
      type: 'promotion_codes',
      codes: [
        { code: 'SUMMER26', uses: 100, consume_unit: 'per_cart' },
        { code: 'ANN-15', user: 'ann' },
      ],
    },
    answer: promotionExample,
  },
});

export const removeCodes = endpoint({
  ...{ method: 'DELETE', path: codes, permission: 'write', group, id: 'removeCodes', status: 204 },
  summary: 'Remove several codes',
  description: 'All or none, in any case.',
  list: { name: 'codes', most: codeLimits.removedAtOnce },
  takesTurns: true,
  params: promotionParams,
  query: noQuery,
  body: removeCodesInput,
  answer: noAnswer,
  errors: [
    { code: 'invalid_input', detail: 'Enter a list of codes', source: 'data.codes' },
    noPromotion,
    { code: 'not_found', detail: 'SUMMER26 is no code of this promotion', source: 'data.codes.0.code' },
  ],
  examples: { body: { type: 'promotion_codes', codes: [{ code: 'SUMMER26' }, { code: 'ANN-15' }] } },
});

export const removeCode = endpoint({
  ...{ method: 'DELETE', path: `${codes}/{code}`, permission: 'write', group, id: 'removeCode', status: 204 },
  summary: 'Remove one code',
  description: 'In any case.',
  takesTurns: true,
  params: promotionParams.extend({
    code: z
      .string()
      .regex(/^[!-~]+$/, 'code not found')
      .meta({ description: 'The code.' }),
  }),
  query: noQuery,
  body: noBody,
  answer: noAnswer,
  errors: [noPromotion, { code: 'not_found', detail: 'SUMMER26 is no code of this promotion' }],
  examples: {},
});
