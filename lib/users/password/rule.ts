import { dictionary } from '@zxcvbn-ts/language-common';

// All in lower case: the 10,000 most common passwords and 39,000 that follow them.
const commonPasswords = new Set(dictionary['passwords-common']);

const productName = 'promint';

/** A local part shorter than this occurs in ordinary words. */
const localPartLength = 4;

/** True for a common password, also when it is repeated or surrounded by digits and punctuation. */
export function isCommonPassword(password: string): boolean {
  return commonPasswords.has(foldCase(password)) || commonPasswords.has(core(password));
}

/** The reason, as a sentence for the user, why the password is not allowed; null when it is. `schema.ts` checks the length. */
export function passwordProblem(password: string, email: string): string | null {
  if (isCommonPassword(password)) return 'This is a commonly used password. Choose a less common one.';
  const given = squash(password);
  if (given.includes(productName)) return 'Choose a password that does not contain the name Promint.';
  const [localPart = ''] = email.split('@');
  const local = squash(localPart);
  const containsLocal = local.length >= localPartLength && given.includes(local);
  if (containsLocal || (local && core(password) === local) || given.includes(squash(email)))
    return 'Choose a password that does not contain your email address.';
  return null;
}

const foldCase = (text: string) => text.normalize('NFKC').toLowerCase();

/** Only the letters and digits, in lower case. */
const squash = (text: string) => foldCase(text).replace(/[^\p{L}\p{N}]/gu, '');

/** The text without digits and punctuation at both ends; a repeated text once. */
function core(password: string): string {
  const word = squash(password).replace(/^\p{N}+|\p{N}+$/gu, '');
  return /^(.+?)\1+$/u.exec(word)?.[1] ?? word;
}
