import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { breakingChanges } from '#lib/api/openapi/compatibility';
import { openApiDocument } from '#lib/api/openapi/document';
import { answerValidator, bodyProblems, operationsOf } from '#lib/testing/contract';

const document = await openApiDocument('https://codes.example.com');

test('the OpenAPI document is valid OpenAPI 3.1', async () => {
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
});

test('the API has no breaking changes since its last release', async () => {
  const released = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
  // To release a breaking change, increase the major version and run `npm run openapi -- --break`.
  expect(breakingChanges(released, document)).toEqual([]);
});

describe.each(operationsOf(document))('%s', (_, { path, method, operation }) => {
  const validate = answerValidator(document);

  test(`${method} ${path} has valid examples of its body and of every response`, () => {
    const { content } = operation.requestBody ?? {};
    const bodies = Object.values(content?.['application/json']?.examples ?? {});
    expect(bodies.length).toBe(content ? 1 : 0);
    for (const { value } of bodies) expect(bodyProblems(document, operation, value)).toEqual([]);
    for (const [code, { content }] of Object.entries(operation.responses)) {
      const examples = Object.values(content?.['application/json']?.examples ?? {});
      expect(examples.length, code).toBeGreaterThan(code === '204' ? -1 : 0);
      for (const { value } of examples) expect(validate(method, path, Number(code), value)).toEqual([]);
    }
  });

  test(`${method} ${path} documents 401, 429, 500, 503 and one success`, () => {
    const listed = Object.keys(operation.responses);
    expect(listed).toEqual(expect.arrayContaining(['401', '429', '500', '503']));
    expect(listed.filter((status) => status.startsWith('2'))).toHaveLength(1);
  });
});
