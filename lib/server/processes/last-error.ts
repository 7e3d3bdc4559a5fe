const namesError = /^(?:\[?[\w.]*(?:Error|error)\b.*:|FATAL)/;
const noise = /^(?:at |Node\.js v|[\^~{}\])]+,?$|file:\/\/|node:)/;

/** The line with the reason why a process ended, from its standard error; null without such a line. */
export function lastErrorLine(text: string): string | null {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.findLast((line) => namesError.test(line)) ?? lines.findLast((line) => line !== '' && !noise.test(line)) ?? null;
}
