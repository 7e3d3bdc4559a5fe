const namesError = /^(?:\[?[\w.]*(?:Error|error)\b.*:|FATAL)/;
const noise = /^(?:at |Node\.js v|[\^~{}\])]+,?$|file:\/\/|node:)/;

/** The line of a process's standard error that gives the reason of its end; null when there is none. */
export function lastErrorLine(text: string): string | null {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.findLast((line) => namesError.test(line)) ?? lines.findLast((line) => line !== '' && !noise.test(line)) ?? null;
}
