import { cleanText } from '#lib/input/text';

/** The form in which an email address is stored, compared and counted: clean text in lower case. */
export function normalizeEmail(email: string): string {
  return cleanText(email).toLowerCase();
}
