import { expect, test } from 'vitest';
import { reasonInWords } from '#components/jobs/reason';

test('a reason that clients know by its exact words is kept, and explained with what to do', () => {
  expect(reasonInWords({ error: 'codes limit exceeded' })).toMatch(/^Codes limit exceeded\. .+ask for fewer, or have .+ raise/);
  expect(reasonInWords({ error: 'Cannot add codes to an automatic promotion' })).toMatch(
    /promotion\. .+make a promotion that is not automatic/,
  );
});

test('any other reason is said as it is', () => {
  const error = 'The export folder is full. Free some space, then run the job again.';
  expect(reasonInWords({ error })).toBe(error);
  expect(reasonInWords({ error: null })).toBe('');
});
