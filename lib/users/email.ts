import { cleanText } from '#lib/input/text';

/** An e-mail address as it is kept, compared and counted: clean text in lower case. */
export function normalizeEmail(email: string): string {
  return cleanText(email).toLowerCase();
}
