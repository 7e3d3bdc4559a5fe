import { describe, expect, test } from 'vitest';
import { breakingChanges } from '#lib/api/openapi/compatibility';
import { openApiDocument } from '#lib/api/openapi/document';
import type { JsonSchema, OpenApiDocument } from '#lib/api/openapi/document-schema';

const path = '/v2/things';
const current = await openApiDocument('https://codes.example.com');

function document(body: JsonSchema, answer: JsonSchema): OpenApiDocument {
  const json = (schema: JsonSchema) => ({ 'application/json': { schema } });
  return {
    ...current,
    components: { schemas: { Answer: answer } },
    paths: {
      [path]: {
        post: {
          ...{ operationId: 'x', tags: [], summary: 'x' },
          parameters: [{ name: 'page', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } }],
          requestBody: { required: true, content: json(body) },
          responses: { 200: { description: '', content: json({ $ref: '#/components/schemas/Answer' }) }, 404: { description: '' } },
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
const breaks = (body: JsonSchema, answer: JsonSchema) => breakingChanges(released, document(body, answer));

test('nothing breaks when nothing changes', async () => {
  expect(breakingChanges(current, await openApiDocument('http://localhost:3000'))).toEqual([]);
});

describe('what only adds breaks nothing:', () => {
  test.each<[string, JsonSchema, JsonSchema]>([
    ['a field that may be left out', withField('colour', { type: 'string' }), thing],
    ['a field that is not needed any more', { ...thing, required: [] }, thing],
    ['one more value that is read', withField('kind', { type: 'string', enum: ['a', 'b', 'c'] }), thing],
    ['a wider range', withField('size', { type: 'number', minimum: 0 }), thing],
    ['another way to write the body', { anyOf: [{ type: 'array', items: thing }, thing] }, thing],
    ['a field in the answer', thing, withField('colour', { type: 'string' }, ['kind', 'colour'])],
    ['a value that is not answered any more', thing, withField('kind', { type: 'string', const: 'a' })],
  ])('%s', (_, body, answer) => {
    expect(breaks(body, answer)).toEqual([]);
  });
});

describe('what takes away breaks:', () => {
  test.each<[string, JsonSchema, JsonSchema, string]>([
    ['a field that is needed now', withField('colour', { type: 'string' }, ['kind', 'colour']), thing, 'body.colour is needed now'],
    ['a field that is not read any more', { ...thing, properties: { kind: { type: 'string' } } }, thing, 'body.size is gone'],
    ['a value that is not read any more', withField('kind', { type: 'string', enum: ['a'] }), thing, 'body.kind knows no b'],
    ['a narrower range', withField('size', { type: 'integer', minimum: 1, maximum: 9 }), thing, 'body.size has another maximum'],
    ['another type', withField('size', { type: 'string' }), thing, 'body.size is integer on one side'],
    ['a pattern', withField('kind', { type: 'string', pattern: '^a' }), thing, 'body.kind has another pattern'],
    [
      'a field that is not answered any more',
      thing,
      { ...thing, properties: { kind: { type: 'string', enum: ['a'] } } },
      '200.size is gone',
    ],
    ['a field that may be missing now', thing, { ...thing, required: [] }, '200.kind may be missing now'],
    ['a new value in the answer', thing, withField('kind', { type: 'string', enum: ['a', 'b', 'c'] }), '200.kind knows no c'],
    [
      'a field of the answer that may be null now',
      thing,
      withField('size', { anyOf: [{ type: 'integer', minimum: 1, maximum: 10 }, { type: 'null' }] }),
      '200.size',
    ],
  ])('%s', (_, body, answer, problem) => {
    expect(breaks(body, answer)).toEqual([expect.stringContaining(`POST ${path}: ${problem}`)]);
  });

  test('a call, a parameter, a status', () => {
    const { post } = released.paths[path] ?? {};
    if (!post) throw new Error('no operation');
    const change = (operation: object) =>
      breakingChanges(released, { ...released, paths: { [path]: { post: { ...post, ...operation } } } });
    expect(breakingChanges(released, { ...released, paths: {} })).toEqual([`POST ${path} is gone`]);
    expect(change({ parameters: [] })).toEqual([expect.stringContaining('page is gone')]);
    expect(change({ parameters: [{ ...post.parameters?.[0], required: true }] })).toEqual([expect.stringContaining('page is needed now')]);
    expect(change({ responses: { 201: {} } })).toEqual([expect.stringContaining('does not answer 200')]);
  });
});
