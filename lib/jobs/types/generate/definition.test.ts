import { expect, test } from 'vitest';
import { generateJob } from '#lib/jobs/types/generate/definition';

function check(number_of_codes: number, code_length: number): void {
  const promotion = { automatic: false, maxCodes: number_of_codes, start: new Date('2026-01-01'), end: new Date('2026-02-01') };
  generateJob.check(promotion, { job_type: 'code_generate', parameters: { number_of_codes, code_length, consume_unit: 'per_cart' } });
}

test('generateJob rejects more than a thousandth of all codes of the requested length', () => {
  const limit = Math.floor(28 ** 8 / 1000);
  expect(() => check(limit, 8)).not.toThrow();
  expect(() => check(limit + 1, 8)).toThrow('use a longer code');
  expect(() => check(limit + 1, 9)).not.toThrow();
});
