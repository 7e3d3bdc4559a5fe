/** Codes of one length as ASCII, one after another. A million strings would be garbage, and others would wait while it is cleared. */
export type CodeBlock = { count: number; width: number; text: Buffer };

/** These codes, which are of one length, as a block. */
export function blockOf(codes: readonly string[]): CodeBlock {
  return { count: codes.length, width: codes[0]?.length ?? 0, text: Buffer.from(codes.join(''), 'latin1') };
}

/** The codes of a block, one by one. */
export function codesOf({ count, width, text }: CodeBlock): string[] {
  const all = text.toString('latin1');
  return Array.from({ length: count }, (_, i) => all.slice(i * width, (i + 1) * width));
}
