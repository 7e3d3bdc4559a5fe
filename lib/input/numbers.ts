import { formatNumber, groupDigits } from '#lib/format/number';

/** The limits of a number. Without `decimals` it must be whole. With the unit `%` the text may end with the sign. */
export type NumberLimits = { min: number; max?: number; decimals?: number; unit?: '%' };

/** The result of reading a text: its number (null for an empty text), or the problem. */
export type Reading = { value: number | null } | { problem: string };

/** The plain digits of a text (empty for an empty text), or its possible meanings. */
export type DecimalReading = { decimal: string } | { couldMean: string[] };

// Invisible characters in copied text: soft hyphens, zero-width characters and direction marks. Direction overrides are not among them
// and are therefore rejected, because they show the digits in another order.
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const fullWidth = /[０-９，．％]/g;
const fullWidthOffset = 0xfee0;

const accepted = /^(\d+|[1-9]\d{0,2}(?:,\d{3})+)?(?:\.(\d*))?$/;
const digitsAndMarks = /^\d+(?:[.,'’\s]\d+)+$/;
const mark = /[.,'’\s]/;

/**
 * Reads an entered number with at most `decimals` decimals: digits, a comma before each group of three, one decimal point. A text
 * that means different numbers in different countries is rejected, never guessed.
 */
export function readDecimal(typed: string, decimals: number): DecimalReading {
  const text = clean(typed);
  if (text === '') return { decimal: '' };
  const [matched, whole = '', fraction] = accepted.exec(text) ?? [];
  const fits = fraction === undefined || (decimals > 0 && fraction.length <= decimals);
  if (matched && matched !== '.' && fits) return { decimal: canonical(whole.replaceAll(',', ''), fraction) };
  return { couldMean: digitsAndMarks.test(text) ? meanings(text) : [] };
}

function clean(typed: string): string {
  const halfWidth = typed.replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - fullWidthOffset));
  return halfWidth.replace(invisible, '').trim();
}

function canonical(whole: string, fraction = ''): string {
  const decimals = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '') || '0'}${decimals && `.${decimals}`}`;
}

/** The possible numbers: one if all marks separate thousands, and one if the last mark begins the decimals. */
function meanings(text: string): string[] {
  const parts = text.split(mark);
  const marks = [...text].filter((sign) => mark.test(sign));
  const [before, last] = [marks.slice(0, -1), marks.at(-1) ?? ''];
  const misplacedComma = marks.length === 1 && last === ',';
  const separated = misplacedComma || (areEqual(marks) && areGroupsOfThree(parts));
  const [groups, fraction] = [parts.slice(0, -1), parts.at(-1)];
  const decimal = /[.,]/.test(last) && !before.includes(last) && areEqual(before) && (groups.length === 1 || areGroupsOfThree(groups));
  return [...(separated ? [canonical(parts.join(''))] : []), ...(decimal ? [canonical(groups.join(''), fraction)] : [])];
}

function areEqual(marks: string[]): boolean {
  return new Set(marks).size <= 1;
}

function areGroupsOfThree([first = '', ...rest]: string[]): boolean {
  return /^[1-9]\d{0,2}$/.test(first) && rest.every(({ length }) => length === 3);
}

/** A sentence with the possible meanings of a rejected text; null when there are none. */
export function meaningsInWords(typed: string, [first, second]: readonly string[]): string | null {
  if (first === undefined) return null;
  return second === undefined
    ? `Enter ${first} instead of “${typed.trim()}”`
    : `“${typed.trim()}” could mean ${first} or ${second}. Enter the one you mean`;
}

/**
 * Reads a number that a user entered. It does not check `min` and `max`: the schema of the field does, with the same text.
 */
export function readNumber(typed: string, limits: NumberLimits): Reading {
  const { decimals = 0, unit } = limits;
  const reading = readDecimal(unit ? typed.replace(/\s*[%％]\s*$/, '') : typed, decimals);
  if ('couldMean' in reading) {
    const { couldMean } = reading;
    const [only = ''] = couldMean;
    const tooPrecise = couldMean.length === 1 && decimalPlaces(only) > decimals;
    return { problem: (!tooPrecise && meaningsInWords(typed, couldMean.map(groupDigits))) || limitsInWords(limits) };
  }
  const value = reading.decimal === '' ? null : Number(reading.decimal);
  return value === null || value <= Number.MAX_SAFE_INTEGER ? { value } : { problem: limitsInWords(limits) };
}

/** Counts the decimals of a number in plain digits. */
export function decimalPlaces(decimal: string): number {
  return decimal.split('.')[1]?.length ?? 0;
}

/** A sentence that tells the user to enter a number within the limits. */
export function limitsInWords({ min, max, decimals = 0, unit }: NumberLimits): string {
  const range = max === undefined ? `, ${formatNumber(min)} or more` : ` from ${formatNumber(min)} to ${formatNumber(max)}`;
  const kind = unit ? 'percentage' : decimals > 0 ? 'number' : 'whole number';
  return `Enter a ${kind}${range}${decimals > 0 ? `, with at most ${decimals} decimals` : ''}`;
}
