import { describe, expect, test } from 'vitest';
import { DomainError } from '#lib/errors';
import { parseInput } from '#lib/input/parse';
import { type CreateJobFields, createJobInput } from '#lib/jobs/schema';

type Fields = Record<string, unknown>;

function generate(parameters: Fields, rest: Fields = {}) {
  return { job_type: 'code_generate', parameters: { number_of_codes: 100, ...parameters }, ...rest };
}

/** The fields that are refused. */
function wrongFields(value: unknown): (string | undefined)[] {
  try {
    parseInput(createJobInput, value);
  } catch (error) {
    if (error instanceof DomainError) return error.problems.map(({ source }) => source);
    throw error;
  }
  return [];
}

describe('a job', () => {
  test('needs a number of codes and fills in the rest', () => {
    const fields: CreateJobFields = { job_type: 'code_generate', parameters: { number_of_codes: 100 } };
    expect(parseInput(createJobInput, fields)).toStrictEqual({
      job_type: 'code_generate',
      parameters: { number_of_codes: 100, consume_unit: 'per_cart', code_length: 8 },
    });
  });

  test('of export takes a name and nothing else', () => {
    expect(parseInput(createJobInput, { job_type: 'code_export', name: ' May ', parameters: { number_of_codes: -1 } })).toEqual({
      job_type: 'code_export',
      name: 'May',
    });
  });

  test.each(['id', 'status', 'generated', 'run_token', '__proto__'])('never stores %s', (field) => {
    const given = JSON.parse(`{"job_type":"code_export","${field}":"completed"}`);
    expect(Object.keys(parseInput(createJobInput, given))).toEqual(['job_type']);
  });

  test.each([undefined, null, 'code_delete', 7])('of kind %j is refused', (job_type) => {
    expect(wrongFields({ job_type, parameters: { number_of_codes: 1 } })).toEqual(['job_type']);
  });

  test('with two wrong fields has both named', () => {
    expect(wrongFields(generate({ number_of_codes: 0, code_length: 7 }))).toEqual(['parameters.number_of_codes', 'parameters.code_length']);
    expect(wrongFields({ job_type: 'code_delete', name: 7 })).toEqual(['job_type', 'name']);
  });
});

describe('number_of_codes', () => {
  test.each([0, -1, 1.5, '100', true, null, Number('1e400'), undefined, Number.NaN, 2 ** 53])('%j is refused', (number_of_codes) => {
    expect(wrongFields(generate({ number_of_codes }))).toEqual(['parameters.number_of_codes']);
  });

  test('1 is the least, and the promotion says what is the most', () => {
    for (const number_of_codes of [1, 2 ** 53 - 1]) expect(wrongFields(generate({ number_of_codes }))).toEqual([]);
  });
});

describe('code_length', () => {
  test.each([7, 17, '8', 8.5])('%j is refused', (code_length) => {
    expect(wrongFields(generate({ code_length }))).toEqual(['parameters.code_length']);
  });

  test.each([8, 16, null, undefined])('%j is taken', (code_length) => {
    expect(wrongFields(generate({ code_length }))).toEqual([]);
  });
});

describe('max_uses_per_code', () => {
  test.each([-1, 0.5, '1', 2 ** 31])('%j is refused', (max_uses_per_code) => {
    expect(wrongFields(generate({ max_uses_per_code }))).toEqual(['parameters.max_uses_per_code']);
  });

  test.each([undefined, null, 0, 1, 2 ** 31 - 1])('%j is taken', (max_uses_per_code) => {
    expect(wrongFields(generate({ max_uses_per_code }))).toEqual([]);
  });
});

describe('code_prefix', () => {
  test.each([
    ...['a\rb', 'a\nb', 'a\n', 'a\0b', 'a,b', 'a"b', 'a b', '-a', '_a', '=a', '+a', '@a'],
    ...['\u{1F600}', 'a\u200Fb', 'a\u200f', '\u200ba', 'a\u202eb', '\u0410bc', 'é', 'x'.repeat(51), 'x'.repeat(10_000), 7],
  ])('%j is refused', (code_prefix) => {
    expect(wrongFields(generate({ code_prefix }))).toEqual(['parameters.code_prefix']);
  });

  test.each([' summer', 'summer\u00a0', '\u3000summer  '])('%j has the blanks around it cut', (code_prefix) => {
    expect(parseInput(createJobInput, generate({ code_prefix }))).toMatchObject({ parameters: { code_prefix: 'summer' } });
  });

  test.each(['', 'summer', 'SUMMER-', '2026_a-b', 'x'.repeat(24)])('%j is taken as it is', (code_prefix) => {
    expect(parseInput(createJobInput, generate({ code_prefix }))).toMatchObject({ parameters: { code_prefix } });
  });
});

describe('name', () => {
  test.each(['x'.repeat(51), 'a\nb', 'a\0b', '\u0085x', '\ud800x', 7])('%j is refused', (name) => {
    expect(wrongFields(generate({}, { name }))).toEqual(['name']);
  });

  test.each(['x'.repeat(50), '=HYPERLINK("https://example.com")', '<b>Mai</b>', '五月'])('%j is kept as text', (name) => {
    expect(parseInput(createJobInput, generate({}, { name }))).toMatchObject({ name });
  });
});
