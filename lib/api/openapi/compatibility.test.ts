import { describe, expect, test } from 'vitest';
import { breakingChanges } from '#lib/api/openapi/compatibility';
import { openApiDocument } from '#lib/api/openapi/document';
import type { JsonSchema, OpenApiDocument } from '#lib/api/openapi/document-schema';

const path = '/v2/things';
const current = await openApiDocument('https://codes.example.com');

function document(body: JsonSchema, response: JsonSchema): OpenApiDocument {
  const json = (schema: JsonSchema) => ({ 'application/json': { schema } });
  return {
    ...current,
    components: { schemas: { Response: response } },
    paths: {
      [path]: {
        post: {
          operationId: 'x',
          tags: [],
          summary: 'x',
          parameters: [{ name: 'page', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } }],
          requestBody: { required: true, content: json(body) },
          responses: { 200: { description: '', content: json({ $ref: '#/components/schemas/Response' }) }, 404: { description: '' } },
        },
      },
    },
  };
}

const thing: JsonSchema = {
  type: 'object',
  properties: { kind: { type: 'string', enum: ['a', 'b'] }, size: { type: 'integer', minimum: 1, maximum: 10 } },
  required: ['kind'],
};
const withField = (name: string, schema: JsonSchema, required = thing.required): JsonSchema => ({
  ...thing,
  properties: { ...thing.properties, [name]: schema },
  required,
});
const released = document(thing, thing);
const breaks = (body: JsonSchema, response: JsonSchema) => breakingChanges(released, document(body, response));

test('breakingChanges returns nothing for the same API at another address', async () => {
  expect(breakingChanges(current, await openApiDocument('http://localhost:3000'))).toEqual([]);
});

describe('a compatible change', () => {
  test.each<[string, JsonSchema, JsonSchema]>([
    ['a new optional field of the body', withField('colour', { type: 'string' }), thing],
    ['a field that is no longer required', { ...thing, required: [] }, thing],
    ['a new value in the body', withField('kind', { type: 'string', enum: ['a', 'b', 'c'] }), thing],
    ['a wider range in the body', withField('size', { type: 'number', minimum: 0 }), thing],
    ['an alternative form of the body', { anyOf: [{ type: 'array', items: thing }, thing] }, thing],
    ['a new field in the response', thing, withField('colour', { type: 'string' }, ['kind', 'colour'])],
    ['a value removed from the response', thing, withField('kind', { type: 'string', const: 'a' })],
  ])('breakingChanges accepts %s', (_, body, response) => {
    expect(breaks(body, response)).toEqual([]);
  });
});

describe('an incompatible change', () => {
  test.each<[string, JsonSchema, JsonSchema, string]>([
    ['a newly required field', withField('colour', { type: 'string' }, ['kind', 'colour']), thing, 'body.colour is required now'],
    ['a field removed from the body', { ...thing, properties: { kind: { type: 'string' } } }, thing, 'body.size was removed'],
    ['a value removed from the body', withField('kind', { type: 'string', enum: ['a'] }), thing, 'body.kind lacks the value b'],
    [
      'a narrower range in the body',
      withField('size', { type: 'integer', minimum: 1, maximum: 9 }),
      thing,
      'body.size has a different maximum',
    ],
    ['another type in the body', withField('size', { type: 'string' }), thing, 'body.size is integer in one version'],
    ['a new pattern in the body', withField('kind', { type: 'string', pattern: '^a' }), thing, 'body.kind has a different pattern'],
    [
      'a field removed from the response',
      thing,
      { ...thing, properties: { kind: { type: 'string', enum: ['a'] } } },
      '200.size was removed',
    ],
    ['a field of the response that became optional', thing, { ...thing, required: [] }, '200.kind is optional now'],
    ['a new value in the response', thing, withField('kind', { type: 'string', enum: ['a', 'b', 'c'] }), '200.kind lacks the value c'],
    [
      'a field of the response that became nullable',
      thing,
      withField('size', { anyOf: [{ type: 'integer', minimum: 1, maximum: 10 }, { type: 'null' }] }),
      '200.size',
    ],
  ])('breakingChanges reports %s', (_, body, response, problem) => {
    expect(breaks(body, response)).toEqual([expect.stringContaining(`POST ${path}: ${problem}`)]);
  });

  test('breakingChanges reports a removed operation, parameter and status and a newly required parameter', () => {
    const { post } = released.paths[path] ?? {};
    if (!post) throw new Error('no operation');
    const change = (operation: object) =>
      breakingChanges(released, { ...released, paths: { [path]: { post: { ...post, ...operation } } } });
    expect(breakingChanges(released, { ...released, paths: {} })).toEqual([`POST ${path} was removed`]);
    expect(change({ parameters: [] })).toEqual([expect.stringContaining('page was removed')]);
    expect(change({ parameters: [{ ...post.parameters?.[0], required: true }] })).toEqual([
      expect.stringContaining('page is required now'),
    ]);
    expect(change({ responses: { 201: {} } })).toEqual([expect.stringContaining('no longer answers 200')]);
  });
});
