import { describe, expect, test } from 'vitest';
import { DomainError } from '#lib/errors';
import { parseInput } from '#lib/input/parse';
import { type CreateJobFields, createJobInput } from '#lib/jobs/schema';

type Fields = Record<string, unknown>;

function generate(parameters: Fields, rest: Fields = {}) {
  return { job_type: 'code_generate', parameters: { number_of_codes: 100, ...parameters }, ...rest };
}

/** The rejected fields. */
function wrongFields(value: unknown): (string | undefined)[] {
  try {
    parseInput(createJobInput, value);
  } catch (error) {
    if (error instanceof DomainError) return error.problems.map(({ source }) => source);
    throw error;
  }
  return [];
}

describe('createJobInput', () => {
  test('createJobInput requires only the number of codes and sets defaults for the rest', () => {
    const fields: CreateJobFields = { job_type: 'code_generate', parameters: { number_of_codes: 100 } };
    expect(parseInput(createJobInput, fields)).toStrictEqual({
      job_type: 'code_generate',
      parameters: { number_of_codes: 100, consume_unit: 'per_cart', code_length: 8 },
    });
  });

  test('createJobInput accepts only a name and extra columns for an export, each column once and in the order of the file', () => {
    expect(parseInput(createJobInput, { job_type: 'code_export', name: ' May ', number_of_codes: 5 })).toEqual({
      job_type: 'code_export',
      name: 'May',
    });
    const parameters = { extra_columns: ['last_used_at', 'used', 'used'], number_of_codes: 5 };
    expect(parseInput(createJobInput, { job_type: 'code_export', parameters })).toEqual({
      job_type: 'code_export',
      parameters: { extra_columns: ['used', 'last_used_at'] },
    });
    expect(createJobInput.safeParse({ job_type: 'code_export', parameters: { extra_columns: ['code'] } }).success).toBe(false);
  });

  test.each(['id', 'status', 'generated', 'run_token', '__proto__'])('createJobInput drops %s', (field) => {
    const given = JSON.parse(`{"job_type":"code_export","${field}":"completed"}`);
    expect(Object.keys(parseInput(createJobInput, given))).toEqual(['job_type']);
  });

  test.each([undefined, null, 'code_delete', 7])('createJobInput rejects the kind %j', (job_type) => {
    expect(wrongFields({ job_type, parameters: { number_of_codes: 1 } })).toEqual(['job_type']);
  });

  test('createJobInput names both of two invalid fields', () => {
    expect(wrongFields(generate({ number_of_codes: 0, code_length: 7 }))).toEqual(['parameters.number_of_codes', 'parameters.code_length']);
    expect(wrongFields({ job_type: 'code_delete', name: 7 })).toEqual(['job_type', 'name']);
  });
});

describe('number_of_codes', () => {
  test.each([0, -1, 1.5, '100', true, null, Number('1e400'), undefined, Number.NaN, 2 ** 53])(
    'number_of_codes rejects %j',
    (number_of_codes) => {
      expect(wrongFields(generate({ number_of_codes }))).toEqual(['parameters.number_of_codes']);
    },
  );

  test('number_of_codes accepts 1 and any larger number, which the promotion limits', () => {
    for (const number_of_codes of [1, 2 ** 53 - 1]) expect(wrongFields(generate({ number_of_codes }))).toEqual([]);
  });
});

describe('code_length', () => {
  test.each([7, 17, '8', 8.5])('code_length rejects %j', (code_length) => {
    expect(wrongFields(generate({ code_length }))).toEqual(['parameters.code_length']);
  });

  test.each([8, 16, null, undefined])('code_length accepts %j', (code_length) => {
    expect(wrongFields(generate({ code_length }))).toEqual([]);
  });
});

describe('max_uses_per_code', () => {
  test.each([-1, 0.5, '1', 2 ** 31])('max_uses_per_code rejects %j', (max_uses_per_code) => {
    expect(wrongFields(generate({ max_uses_per_code }))).toEqual(['parameters.max_uses_per_code']);
  });

  test.each([undefined, null, 0, 1, 2 ** 31 - 1])('max_uses_per_code accepts %j', (max_uses_per_code) => {
    expect(wrongFields(generate({ max_uses_per_code }))).toEqual([]);
  });
});

describe('code_prefix', () => {
  test.each([
    'a\rb',
    'a\nb',
    'a\n',
    'a\0b',
    'a,b',
    'a"b',
    'a b',
    '-a',
    '_a',
    '=a',
    '+a',
    '@a',
    '\u{1F600}',
    'a\u200Fb',
    'a\u200f',
    '\u200ba',
    'a\u202eb',
    '\u0410bc',
    'é',
    'x'.repeat(51),
    'x'.repeat(10_000),
    7,
  ])('code_prefix rejects %j', (code_prefix) => {
    expect(wrongFields(generate({ code_prefix }))).toEqual(['parameters.code_prefix']);
  });

  test.each([' summer', 'summer\u00a0', '\u3000summer  '])('code_prefix removes the blanks around %j', (code_prefix) => {
    expect(parseInput(createJobInput, generate({ code_prefix }))).toMatchObject({ parameters: { code_prefix: 'summer' } });
  });

  test.each(['', 'summer', 'SUMMER-', '2026_a-b', 'x'.repeat(24)])('code_prefix accepts %j unchanged', (code_prefix) => {
    expect(parseInput(createJobInput, generate({ code_prefix }))).toMatchObject({ parameters: { code_prefix } });
  });
});

describe('name', () => {
  test.each(['x'.repeat(51), 'a\nb', 'a\0b', '\u0085x', '\ud800x', 7])('name rejects %j', (name) => {
    expect(wrongFields(generate({}, { name }))).toEqual(['name']);
  });

  test.each(['x'.repeat(50), '=HYPERLINK("https://example.com")', '<b>Mai</b>', '五月'])('name keeps %j as text', (name) => {
    expect(parseInput(createJobInput, generate({}, { name }))).toMatchObject({ name });
  });
});
