/** No vowels, so that no words come out, and nothing that can be taken for something else (0 o, 1 i l). */
export const alphabet = '23456789bcdfghjkmnpqrstvwxyz';

/** A dash goes after every fourth random character, to be read aloud and typed without a slip. */
export const groupSize = 4;

/** A job may fill at most this part of all codes its settings can make, so that guesses miss and new codes are new. */
export const maxFill = 1 / 1000;

/** How many different codes a length can make. */
export function codeSpace(codeLength: number): number {
  return alphabet.length ** codeLength;
}

/** `aa2b3c4d` as `aa2b-3c4d`, after its prefix where there is one; a dash at the prefix's end is not doubled. */
export function formatCode(randomCharacters: string, prefix = ''): string {
  const groups = randomCharacters.match(/.{1,4}/g) ?? [];
  return [prefix.replace(/-$/, ''), ...groups].filter(Boolean).join('-');
}
