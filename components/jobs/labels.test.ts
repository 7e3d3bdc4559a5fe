import { expect, test } from 'vitest';
import { jobTitle } from '#components/jobs/labels.ts';

test('jobTitle describes a job without a name by its codes', () => {
  const settings = { numberOfCodes: 500, consumeUnit: 'per_cart', maxUsesPerCode: null, codeLength: 8, codePrefix: null } as const;
  expect(jobTitle({ name: 'May', settings })).toBe('May');
  expect(jobTitle({ name: null, settings })).toBe('500 codes');
  expect(jobTitle({ name: null, settings: null })).toBe('All codes');
});
