/**
 * A code without its case, as the unique index on `lower(code)` has it: only ASCII letters have a case. Queries compare that
 * index with a text folded here, because `lower()` of a parameter would follow the locale of the database.
 */
export function foldCode(code: string): string {
  return code.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
