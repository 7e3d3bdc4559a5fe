/** Codes of one length as consecutive ASCII text. A million strings would burden the garbage collector, which pauses the process. */
export type CodeBlock = { count: number; width: number; text: Buffer };

/** Converts codes of one length to a block. */
export function blockOf(codes: readonly string[]): CodeBlock {
  return { count: codes.length, width: codes[0]?.length ?? 0, text: Buffer.from(codes.join(''), 'latin1') };
}

/** The codes of a block, one by one. */
export function codesOf({ count, width, text }: CodeBlock): string[] {
  const all = text.toString('latin1');
  return Array.from({ length: count }, (_, i) => all.slice(i * width, (i + 1) * width));
}
