const namesError = /^(?:\[?[\w.]*(?:Error|error)\b.*:|FATAL)/;
const noise = /^(?:at |Node\.js v|[\^~{}\])]+,?$|file:\/\/|node:)/;

/** The line that says why a process ended, of what it wrote to standard error. Null when it wrote nothing that does. */
export function lastErrorLine(text: string): string | null {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.findLast((line) => namesError.test(line)) ?? lines.findLast((line) => line !== '' && !noise.test(line)) ?? null;
}
