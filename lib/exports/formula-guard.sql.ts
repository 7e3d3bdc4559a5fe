import pg from 'pg';

// Characters are escaped, because editors display some of them differently or not at all.
const lineBreaks = '\\n\\v\\f\\r\\u0085\\u2028\\u2029';
/** The characters after which a cell can begin, depending on the separator of the reader. */
const cellStarts = `,;|"\\t${lineBreaks}`;
/** The characters that spreadsheets skip at the start of a cell: quotes, blanks and invisible characters. */
const skipped = `"\\t\\u0020\\u00a0\\u00ad\\u1680\\u2000-\\u200f\\u202a-\\u202f\\u205f-\\u206f\\u3000\\ufeff${lineBreaks}`;
/** The characters that start a formula: = + - @ and their variants (small, full width, superscript, subscript, minus sign), tab and line breaks. */
const formulaStarts = `=+\\-@\\ufe66\\uff1d\\u207c\\u208c\\ufe62\\uff0b\\u207a\\u208a\\ufe63\\uff0d\\u207b\\u208b\\u2212\\ufe6b\\uff20\\t${lineBreaks}`;

// Most texts begin with a letter or digit and contain no cell start, so this cheap test avoids the expensive one.
const suspicious = pg.escapeLiteral(`^[^A-Za-z0-9]|[${cellStarts}]`);
const beforeFormula = pg.escapeLiteral(`(?<![^${cellStarts}])(?=[${skipped}]*[${formulaStarts}])`);

/**
 * Returns an SQL expression that makes the text `value` safe for spreadsheets. It inserts an apostrophe before each formula at a
 * possible start of a cell, for the separators comma, semicolon, tab and bar.
 */
export function withoutFormulas(value: string): string {
  return `case when ${value} ~ ${suspicious} then regexp_replace(${value}, ${beforeFormula}, '''', 'g') else ${value} end`;
}
