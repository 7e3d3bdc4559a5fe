import { alphabet } from '#lib/codes/generator/alphabet';
import { jobLimits } from '#lib/jobs/limits';

const sampleCount = 3;
// Larger bytes are rejected: they would make some symbols more likely than others.
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
  return Array.from({ length: sampleCount }, () => randomCharacters(jobLimits.codeLength.max));
}

const none: readonly string[] = Array.from({ length: sampleCount }, () => '');
const listeners = new Set<() => void>();
let drawn: readonly string[] | undefined;

/**
 * The random characters of the sample codes, as an external store for React. They stay the same until `drawOthers`. The
 * server renders none, so that its HTML and the first render of the browser agree.
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
