/**
 * A code in lower case, as in the unique index on `lower(code)`: only ASCII letters change. Statements compare that index with text
 * that is folded here, because `lower()` of a parameter would depend on the locale of the database.
 */
export function foldCode(code: string): string {
  return code.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
