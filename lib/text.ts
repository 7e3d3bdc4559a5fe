import { z } from 'zod';

/** Text on one line, as it can be stored: no control characters, no halves of characters. */
export const lineOfText = (max: number) =>
  z
    .string({ error: 'Enter text' })
    .trim()
    .max(max, `Enter at most ${max} characters`)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'Leave out line breaks and control characters');
