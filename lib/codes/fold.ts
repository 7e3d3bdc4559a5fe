/**
 * A code in lower case, as in the unique index on `lower(code)`: only ASCII letters change. Statements compare that index with text
 * that is folded here, because `lower()` of a parameter would depend on the locale of the database.
 */
export function foldCode(code: string): string {
  return code.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The positions of codes that the list has before already, in any case. */
export function repeatedPositions(codes: readonly { code: string }[]): number[] {
  const seen = new Set<string>();
  return codes.flatMap(({ code }, position) => (seen.size === seen.add(foldCode(code)).size ? [position] : []));
}
