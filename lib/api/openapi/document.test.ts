import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { breakingChanges } from '#lib/api/openapi/compatibility';
import { openApiDocument } from '#lib/api/openapi/document';
import { answerValidator, bodyProblems, operationsOf } from '#lib/testing/contract';

const document = await openApiDocument('https://codes.example.com');

test('the document is OpenAPI 3.1', async () => {
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
});

test('no change breaks the clients of the released API', async () => {
  const released = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
  // When it must: `npm run openapi -- --break` releases it, and the version's first number goes up.
  expect(breakingChanges(released, document)).toEqual([]);
});

describe.each(operationsOf(document))('%s', (_, { path, method, operation }) => {
  const validate = answerValidator(document);

  test('has an example of its body, and one of every answer, that the schemas accept', () => {
    const { content } = operation.requestBody ?? {};
    const bodies = Object.values(content?.['application/json']?.examples ?? {});
    expect(bodies.length).toBe(content ? 1 : 0);
    for (const { value } of bodies) expect(bodyProblems(document, operation, value)).toEqual([]);
    for (const [code, { content }] of Object.entries(operation.responses)) {
      const shown = Object.values(content?.['application/json']?.examples ?? {});
      expect(shown.length, code).toBeGreaterThan(code === '204' ? -1 : 0);
      for (const { value } of shown) expect(validate(method, path, Number(code), value)).toEqual([]);
    }
  });

  test('lists the errors of every call', () => {
    const listed = Object.keys(operation.responses);
    expect(listed).toEqual(expect.arrayContaining(['401', '429', '500', '503']));
    expect(listed.filter((status) => status.startsWith('2'))).toHaveLength(1);
  });
});
