import { alphabet } from '#lib/codes/generator/alphabet';
import { jobLimits } from '#lib/jobs/limits';

const samples = 3;
// Bytes from here on would make some symbols likelier than others, and are thrown away.
const unbiasedBelow = 256 - (256 % alphabet.length);

function randomCharacters(count: number): string {
  let characters = '';
  while (characters.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(count))) {
      if (byte < unbiasedBelow) characters += alphabet.charAt(byte % alphabet.length);
    }
  }
  return characters.slice(0, count);
}

function draw(): readonly string[] {
  return Array.from({ length: samples }, () => randomCharacters(jobLimits.codeLength.max));
}

const none: readonly string[] = Array.from({ length: samples }, () => '');
const listeners = new Set<() => void>();
let drawn: readonly string[] | undefined;

/**
 * The random characters of the sample codes. They stay while somebody types, and the server has none, so
 * that its page and the browser's first one agree.
 */
export const sampleCharacters = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  now(): readonly string[] {
    drawn ??= draw();
    return drawn;
  },
  onServer: (): readonly string[] => none,
  drawOthers(): void {
    drawn = draw();
    for (const listener of listeners) listener();
  },
};
