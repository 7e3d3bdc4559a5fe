import { dictionary } from '@zxcvbn-ts/language-common';

// All in lower case: the 10,000 most common passwords and 39,000 that follow them.
const commonPasswords = new Set(dictionary['passwords-common']);

const productName = 'promint';

/** A shorter part before the @ is a piece of ordinary words. */
const localPartLength = 4;

/** Whether a password is a common one, also when it is repeated or has digits and punctuation around it. */
export function isCommonPassword(password: string): boolean {
  return commonPasswords.has(foldCase(password)) || commonPasswords.has(core(password));
}

/** Why this person must not have this password, as a sentence for them; null when they may. Its length is checked by `schema.ts`. */
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

/** Letters and digits alone, in lower case. */
const squash = (text: string) => foldCase(text).replace(/[^\p{L}\p{N}]/gu, '');

/** What is left without digits and punctuation at both ends, taken once where it is a repetition. */
function core(password: string): string {
  const word = squash(password).replace(/^\p{N}+|\p{N}+$/gu, '');
  return /^(.+?)\1+$/u.exec(word)?.[1] ?? word;
}
