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

/**
 * What a code of these settings looks like, `summer-····-····`, and where its random characters stand: a dash
 * after every fourth, and one after the prefix, whether the prefix brings it or not.
 */
export function codePattern(codeLength: number, prefix = ''): { text: string; randomAt: number[] } {
  const groups = '\u00b7'.repeat(codeLength).match(new RegExp(`.{1,${groupSize}}`, 'g')) ?? [];
  const text = [prefix.replace(/-$/, ''), ...groups].filter(Boolean).join('-');
  return { text, randomAt: [...text].flatMap((character, position) => (character === '\u00b7' ? [position] : [])) };
}

/** A code of these random characters: `aa2b3c4d` with the prefix `summer` or `summer-` is `summer-aa2b-3c4d`. */
export function formatCode(randomCharacters: string, prefix = ''): string {
  const { text, randomAt } = codePattern(randomCharacters.length, prefix);
  const characters = [...text];
  randomAt.forEach((position, index) => {
    characters[position] = randomCharacters.charAt(index);
  });
  return characters.join('');
}
