/** The symbols of random characters: no vowels, so that codes contain no words, and no similar symbols (0 o, 1 i l). */
export const alphabet = '23456789bcdfghjkmnpqrstvwxyz';

/** A dash follows every fourth random character, so that codes can be read aloud and typed without mistakes. */
export const groupSize = 4;

/** A job may fill at most this share of its code space, so that guesses fail and random codes rarely repeat. */
export const maxFill = 1 / 1000;

/** The number of different codes of a length. */
export function codeSpace(codeLength: number): number {
  return alphabet.length ** codeLength;
}

/**
 * The format of codes with these settings, `summer-····-····`, and the positions of their random characters. A dash follows every
 * fourth random character and the prefix, unless the prefix ends with one.
 */
export function codePattern(codeLength: number, prefix = ''): { text: string; randomAt: number[] } {
  const groups = '\u00b7'.repeat(codeLength).match(new RegExp(`.{1,${groupSize}}`, 'g')) ?? [];
  const text = [prefix.replace(/-$/, ''), ...groups].filter(Boolean).join('-');
  return { text, randomAt: [...text].flatMap((character, position) => (character === '\u00b7' ? [position] : [])) };
}

/** Formats random characters as a code: `aa2b3c4d` with the prefix `summer` or `summer-` becomes `summer-aa2b-3c4d`. */
export function formatCode(randomCharacters: string, prefix = ''): string {
  const { text, randomAt } = codePattern(randomCharacters.length, prefix);
  const characters = [...text];
  randomAt.forEach((position, index) => {
    characters[position] = randomCharacters.charAt(index);
  });
  return characters.join('');
}
