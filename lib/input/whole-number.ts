import { z } from 'zod';
import { limitsInWords } from '#lib/input/numbers';

/** The schema of a whole number within limits, for forms and the API. One text says what is right, whatever is wrong. */
export function wholeNumberWithin({ min, max }: { min: number; max: number }) {
  const error = limitsInWords({ min, max });
  return z.int({ error }).min(min, error).max(max, error);
}
