import pg from 'pg';

// Characters are written by their numbers, because editors show some of them differently or not at all.
const lineBreaks = '\\n\\v\\f\\r\\u0085\\u2028\\u2029';
/** A cell can begin after any of these, depending on the separator with which a file is read. */
const cellStarts = `,;|"\\t${lineBreaks}`;
/** Spreadsheets skip these at the start of a cell: quotes, blanks and invisible characters. */
const skipped = `"\\t\\u0020\\u00a0\\u00ad\\u1680\\u2000-\\u200f\\u202a-\\u202f\\u205f-\\u206f\\u3000\\ufeff${lineBreaks}`;
/** = + - @ and their variants (small, full width, superscript, subscript, the minus sign), tab and line breaks. */
const runnable = `=+\\-@\\ufe66\\uff1d\\u207c\\u208c\\ufe62\\uff0b\\u207a\\u208a\\ufe63\\uff0d\\u207b\\u208b\\u2212\\ufe6b\\uff20\\t${lineBreaks}`;

// Most texts begin with a letter or digit and contain no cell start: one cheap test replaces an expensive one.
const suspicious = pg.escapeLiteral(`^[^A-Za-z0-9]|[${cellStarts}]`);
const beforeFormula = pg.escapeLiteral(`(?<![^${cellStarts}])(?=[${skipped}]*[${runnable}])`);

/**
 * An SQL expression for the text `value` in a CSV file, so that no spreadsheet runs any of it: an apostrophe precedes each place
 * that could be read as the start of a cell with a formula, whether the separator is a comma, semicolon, tab or bar.
 */
export function withoutFormulas(value: string): string {
  return `case when ${value} ~ ${suspicious} then regexp_replace(${value}, ${beforeFormula}, '''', 'g') else ${value} end`;
}
