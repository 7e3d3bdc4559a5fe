import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ActionResult, unwrap } from '#lib/action-result';
import { DomainError } from '#lib/errors';
import { parseInput, parseListInput } from '#lib/input/parse';

const schema = z.object({
  name: z.string('Enter a name'),
  parameters: z.object({ number_of_codes: z.int('Enter a whole number').min(1, 'Enter 1 or more') }),
});

function problemsOf(value: unknown) {
  try {
    parseInput(schema, value);
  } catch (error) {
    if (error instanceof DomainError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseInput', () => {
  test('parseInput returns the parsed value without unknown fields', () => {
    const given = JSON.parse('{"name":"May","parameters":{"number_of_codes":2},"status":"completed","__proto__":{"admin":true}}');
    const parsed = parseInput(schema, given);
    expect(parsed).toStrictEqual({ name: 'May', parameters: { number_of_codes: 2 } });
    expect(parsed).not.toHaveProperty('admin');
  });

  test('parseInput returns one problem for each of two invalid fields, named as in the API', () => {
    expect(problemsOf({ parameters: { number_of_codes: 0 } })).toEqual([
      { source: 'name', detail: 'Enter a name' },
      { source: 'parameters.number_of_codes', detail: 'Enter 1 or more' },
    ]);
  });

  test('parseInput returns one problem for a field with several issues', () => {
    const strict = z.object({ code: z.string().min(5, 'too short').regex(/^\d+$/, 'digits only') });
    expect(() => parseInput(strict, { code: 'x' })).toThrow('too short');
    expect(strict.safeParse({ code: 'x' }).error?.issues).toHaveLength(2);
  });

  test('parseInput returns a problem without a field for a value that is not an object', () => {
    const [problem, ...more] = problemsOf('name=May');
    expect(problem).not.toHaveProperty('source');
    expect(more).toEqual([]);
  });
});

describe('DomainError', () => {
  test('DomainError has the status and title of its code', () => {
    expect(new DomainError('too_many_jobs', 'One at a time')).toMatchObject({
      status: 400,
      title: 'Too many jobs',
      message: 'One at a time',
    });
    expect(new DomainError('not_found', 'promotion not found')).toMatchObject({ status: 404, title: 'Not Found' });
  });

  test('DomainError stores the seconds after which to try again', () => {
    expect(new DomainError('too_many_requests', 'Wait').retryAfter(30).retryAfterSeconds).toBe(30);
  });
});

describe('unwrap', () => {
  test('unwrap returns the data of a result', async () => {
    await expect(unwrap(Promise.resolve<ActionResult<number>>({ ok: true, data: 7 }))).resolves.toBe(7);
  });

  test('unwrap throws an error with every problem', async () => {
    const problems = [{ detail: 'Enter a name', source: 'name' }, { detail: 'Enter 1 or more' }];
    await expect(unwrap(Promise.resolve({ ok: false, outcome: 'refused', problems }))).rejects.toMatchObject({
      outcome: 'refused',
      message: 'Enter a name Enter 1 or more',
      problems,
    });
  });

  test('unwrap throws an error with an unknown outcome when the server does not answer', async () => {
    await expect(unwrap(Promise.reject(new TypeError('Failed to fetch')))).rejects.toMatchObject({
      outcome: 'unknown',
      message: 'The server did not answer.',
    });
  });
});

describe('parseListInput', () => {
  const listed = z.object({
    type: z.string('Enter a type').optional(),
    codes: z
      .array(z.object({ code: z.string('Enter a code').trim(), uses: z.int().default(1) }), 'Enter a list')
      .min(1, 'Enter one')
      .max(1_000, 'Too many'),
  });
  const parse = (value: unknown) => parseListInput(listed, value, { name: 'codes', most: 1_000 });
  const codes = (n: number, code: unknown = ' a ') => Array.from({ length: n }, () => ({ code }));

  test('parseListInput returns a long list as parsed by the schema', async () => {
    expect(await parse({ type: 'x', extra: 1, codes: codes(1_000) })).toEqual({
      type: 'x',
      codes: codes(1_000, 'a').map((code) => ({ ...code, uses: 1 })),
    });
  });

  test('parseListInput names each invalid element by its index in the whole list and each invalid field once', async () => {
    const given = { type: 1, codes: [...codes(999), { code: 5 }] };
    const error: unknown = await parse(given).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      problems: [
        { detail: 'Enter a type', source: 'type' },
        { detail: 'Enter a code', source: 'codes.999.code' },
      ],
      problemCount: 2,
    });
  });

  test('parseListInput returns the first 100 problems and their total', async () => {
    const error: unknown = await parse({ codes: codes(1_000, 5) }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ problemCount: 1_000, problems: { length: 100, 99: { source: 'codes.99.code' } } });
  });

  test.each([
    ['a value that is not an object', 'x', 'Invalid input: expected object, received string'],
    ['a list that is not an array', { codes: 'x' }, 'Enter a list'],
    ['an empty list', { codes: [] }, 'Enter one'],
    ['a list that is too long', { codes: codes(300_000, 5) }, 'Too many'],
  ])('parseListInput rejects %s with one problem', async (_, value, detail) => {
    const error: unknown = await parse(value).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ problems: { length: 1, 0: { detail } } });
  });
});
