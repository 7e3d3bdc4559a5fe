import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { breakingChanges } from '#lib/api/compatibility';
import { endpoints } from '#lib/api/endpoints/all';
import { openApiDocument } from '#lib/api/openapi';
import { answerValidator } from '#lib/testing/contract';

const document = openApiDocument('https://codes.example.com');

test('the document is OpenAPI 3.1', async () => {
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
});

test('no change breaks the clients of the released API', async () => {
  const released = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
  // When it must: `npm run openapi -- --break` releases it, and the version's first number goes up.
  expect(breakingChanges(released, document)).toEqual([]);
});

describe.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_, { path, method, status, examples, body }) => {
  const operation = document.paths[path]?.[method.toLowerCase()];
  const validate = answerValidator(document);

  test('has an example of what it takes, and one of every answer, that are right', () => {
    if (examples.body) expect(body.safeParse(examples.body).error).toBeUndefined();
    for (const [code, { content }] of Object.entries(operation?.responses ?? {})) {
      const shown = Object.values(content?.['application/json']?.examples ?? {});
      expect(shown.length, code).toBeGreaterThan(code === '204' ? -1 : 0);
      for (const { value } of shown) expect(validate(method, path, Number(code), value)).toEqual([]);
    }
  });

  test('lists what every call can refuse', () => {
    const listed = Object.keys(operation?.responses ?? {});
    expect(listed).toEqual(expect.arrayContaining([String(status), '401', '429', '500', '503']));
  });
});
