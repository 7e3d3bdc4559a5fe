import { dictionary } from '@zxcvbn-ts/language-common';

// The 49,000 most common passwords, in lower case.
const commonPasswords = new Set(dictionary['passwords-common']);

const productName = 'promint';

/** The minimum length of a local part that may not occur in a password. Shorter ones occur in ordinary words. */
const minLocalPartLength = 4;

/** True for a common password, also when it is repeated or surrounded by digits and punctuation. */
export function isCommonPassword(password: string): boolean {
  return commonPasswords.has(foldCase(password)) || commonPasswords.has(core(password));
}

/** A sentence for the user that gives the reason why the password is not allowed; null when it is. `schema.ts` checks the length. */
export function passwordProblem(password: string, email: string): string | null {
  if (isCommonPassword(password)) return 'This is a commonly used password. Choose a less common one.';
  const given = squash(password);
  if (given.includes(productName)) return 'Choose a password that does not contain the name Promint.';
  const [localPart = ''] = email.split('@');
  const local = squash(localPart);
  const containsLocal = local.length >= minLocalPartLength && given.includes(local);
  if (containsLocal || (local && core(password) === local) || given.includes(squash(email)))
    return 'Choose a password that does not contain your email address.';
  return null;
}

const foldCase = (text: string) => text.normalize('NFKC').toLowerCase();

/** Only the letters and digits, in lower case. */
const squash = (text: string) => foldCase(text).replace(/[^\p{L}\p{N}]/gu, '');

/** Removes digits and punctuation at both ends, and the repetitions of a repeated text. */
function core(password: string): string {
  const word = squash(password).replace(/^\p{N}+|\p{N}+$/gu, '');
  return /^(.+?)\1+$/u.exec(word)?.[1] ?? word;
}
