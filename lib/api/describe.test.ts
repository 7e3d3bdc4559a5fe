import { describe, expect, test } from 'vitest';
import { type ApiCall, type ApiField, describeApi } from '#lib/api/describe';
import { openApiDocument } from '#lib/api/openapi';

const document = await openApiDocument('https://codes.example.com');
const guide = describeApi(document);
const calls = guide.groups.flatMap(({ calls }) => calls);

function call(id: string): ApiCall {
  const found = calls.find((call) => call.id === id);
  if (!found) throw new Error(`no call ${id}`);
  return found;
}

function field(fields: readonly ApiField[], ...path: string[]): ApiField | undefined {
  const [name, ...rest] = path;
  const found = fields.find((field) => field.name === name);
  if (rest.length === 0) return found;
  return found?.parts.map(({ fields }) => field(fields, ...rest)).find((inner) => inner !== undefined);
}

describe('the API as people read it', () => {
  test('has every call once, in groups that begin with the token', () => {
    expect(guide.groups.map(({ name }) => name)).toEqual(['Token', 'Promotions', 'Jobs', 'Codes']);
    const { paths } = document;
    const documented = Object.values(paths).flatMap((operations) => Object.values(operations).map(({ operationId }) => operationId));
    expect(calls.map(({ id }) => id).sort()).toEqual(documented.sort());
  });

  test('says of each field what it takes', () => {
    const { fields = [] } = call('createJob').body ?? {};
    expect(field(fields, 'parameters')).toMatchObject({
      required: true,
      limits: ['only with `job_type` `code_generate` or with `job_type` `code_remove`'],
    });
    expect(field(fields, 'parameters', 'number_of_codes')).toMatchObject({ type: 'integer', required: true, limits: ['1 or more'] });
    expect(field(fields, 'parameters', 'code_length')).toMatchObject({ required: false, limits: ['8 to 16', '`8` when absent'] });
    expect(field(fields, 'job_type')?.limits).toEqual(['`code_generate`, `code_export`, `code_remove`']);
  });

  test('tells what a field holds for each kind of promotion', () => {
    const schema = field(call('createPromotion').body?.fields ?? [], 'schema');
    expect(schema?.parts.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['with `promotion_type` `fixed_discount`', 'with `promotion_type` `bundle_gift`']),
    );
    expect(field(call('createPromotion').body?.fields ?? [], 'min_cart_value', 'amount')).toMatchObject({ type: 'integer' });
    expect(field(call('createPromotion').body?.fields ?? [], 'schema', 'gifts')?.type).toBe('array of string or array of object');
  });

  test('tells where each parameter belongs', () => {
    const parameters = call('listJobs').parameters.map(({ name, where, required }) => [name, where, required]);
    expect(parameters).toEqual([
      ['promotionId', 'path', true],
      ['page[limit]', 'query', false],
      ['page[offset]', 'query', false],
      ['filter', 'query', false],
    ]);
  });

  test('has every error of every call, with its words', () => {
    for (const { id, errors } of calls)
      for (const { status, errors: some } of errors) expect(some.length, `${id} ${status}`).toBeGreaterThan(0);
    expect(call('createJob').errors).toContainEqual({
      status: '409',
      errors: [
        { title: 'Conflict', detail: 'A request with this Idempotency-Key is under way' },
        { title: 'Conflict', detail: expect.stringContaining('at the same time') },
      ],
    });
    expect(call('getToken').errors[1]).toEqual({
      status: '401',
      errors: [{ title: 'invalid_client', detail: 'The client is unknown, or its secret is wrong' }],
    });
  });

  test('says of an answer without a body that there is none', () => {
    expect(call('removeCode').answer).toEqual({ status: '204', example: null, fields: [] });
  });
});

describe('samples', () => {
  test('of a shell are one command, with what differs in variables', () => {
    expect(call('removeCode').samples.curl).toBe(
      `curl -X DELETE "https://codes.example.com/v2/promotions/$PROMOTION_ID/codes/$CODE" \\\n  -H "Authorization: Bearer $TOKEN"`,
    );
    expect(call('createJob').samples.curl).toContain(`-H 'Content-Type: application/json' \\\n  -d '{\n  "data": {`);
  });

  test('of JavaScript read as they are written by hand', () => {
    expect(
      call('updatePromotion').samples.javascript,
    ).toBe(`const response = await fetch(\`https://codes.example.com/v2/promotions/\${promotionId}\`, {
  method: 'PUT',
  headers: { authorization: \`Bearer \${token}\`, 'content-type': 'application/json' },
  body: JSON.stringify({
    data: {
      type: "promotion",
      id: "ad386702-e780-42c6-b190-0527ad768917",
      name: "Late summer",
      enabled: true
    }
  }),
});
const answer = await response.json();`);
  });
});
