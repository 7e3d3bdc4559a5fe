import pg from 'pg';

// Characters by their numbers, so that the rule reads the same whatever an editor shows of them.
const lineBreaks = '\\n\\v\\f\\r\\u0085\\u2028\\u2029';
/** After any of these a cell can begin, whatever separator the file is read with. */
const cellStarts = `,;|"\\t${lineBreaks}`;
/** Spreadsheets skip these at the start of a cell: quotes, blanks, and characters that nobody sees. */
const skipped = `"\\t\\u0020\\u00a0\\u00ad\\u1680\\u2000-\\u200f\\u202a-\\u202f\\u205f-\\u206f\\u3000\\ufeff${lineBreaks}`;
/** = + - @, what else is read as one of them (small, full width, raised, lowered, the minus sign), tab and line breaks. */
const runnable = `=+\\-@\\ufe66\\uff1d\\u207c\\u208c\\ufe62\\uff0b\\u207a\\u208a\\ufe63\\uff0d\\u207b\\u208b\\u2212\\ufe6b\\uff20\\t${lineBreaks}`;

// Most texts begin with a letter or digit and hold nothing after which a cell can begin: one cheap look instead of a dear one.
const suspicious = pg.escapeLiteral(`^[^A-Za-z0-9]|[${cellStarts}]`);
const beforeFormula = pg.escapeLiteral(`(?<![^${cellStarts}])(?=[${skipped}]*[${runnable}])`);

/**
 * An SQL expression for the text `value` in a CSV file, such that no spreadsheet runs any of it: an apostrophe stands before each
 * place that could be read as the start of a cell with a formula in it, be the file read with commas, semicolons, tabs or bars.
 */
export function withoutFormulas(value: string): string {
  return `case when ${value} ~ ${suspicious} then regexp_replace(${value}, ${beforeFormula}, '''', 'g') else ${value} end`;
}
