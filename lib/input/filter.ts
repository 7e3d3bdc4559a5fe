const operators = ['eq', 'gt', 'ge', 'lt', 'le'] as const;

/** One condition of a filter: `eq(code,x)`. */
export type FilterTerm = { operator: (typeof operators)[number]; attribute: string; value: string };

// A value may contain brackets and colons, and ends at the last bracket before the next term. A quoted value may contain any text.
const term =
  /(?<operator>eq|gt|ge|lt|le)\((?<attribute>[a-z_]+), *(?:"(?<quoted>(?:[^"\\\p{Cc}]|\\["\\])*)"|(?<bare>[^",\p{Cc}][^,\p{Cc}]*?)) *\)(?:$|:(?=[a-z_]+\())/uy;

/** Parses a filter such as `eq(status,failed):eq(name,"a, b")` into terms, all of which must hold. Returns null for an invalid filter. */
export function readFilter(text: string): FilterTerm[] | null {
  const terms: FilterTerm[] = [];
  term.lastIndex = 0;
  // An empty text is a filter without terms.
  for (let at = 0; at < text.length; at = term.lastIndex) {
    term.lastIndex = at;
    const { operator: name, attribute = '', quoted, bare = '' } = term.exec(text)?.groups ?? {};
    const operator = operators.find((operator) => operator === name);
    const value = quoted === undefined ? bare.trim() : quoted.replace(/\\(["\\])/g, '$1');
    if (!operator || value.trim() === '') return null;
    terms.push({ operator, attribute, value });
  }
  return terms;
}
