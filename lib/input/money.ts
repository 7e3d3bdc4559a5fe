import { decimalsOf, formatAmount, formatDigits } from '#lib/format/money';
import { groupDigits } from '#lib/format/number';
import { decimalPlaces, meaningsInWords, type Reading, readDecimal } from '#lib/input/numbers';

/** Reads an amount that a user entered, in the currency's smallest unit. */
export function readMoney(text: string, currency: string): Reading {
  const places = decimalsOf(currency);
  const reading = readDecimal(text, places);
  if ('couldMean' in reading) return { problem: explain(text, reading.couldMean, currency) };
  if (reading.decimal === '') return { value: null };
  const value = Number(padded(reading.decimal, places).replace('.', ''));
  return value <= Number.MAX_SAFE_INTEGER ? { value } : { problem: `Enter at most ${formatAmount(Number.MAX_SAFE_INTEGER, currency)}` };
}

function explain(text: string, couldMean: string[], currency: string): string {
  const places = decimalsOf(currency);
  const [only = ''] = couldMean;
  if (couldMean.length === 1 && decimalPlaces(only) > places) {
    const below = BigInt(only.slice(0, only.indexOf('.') + 1 + places).replace('.', ''));
    const [lower, upper] = [below, below + 1n].map((amount) => formatDigits(String(amount), places));
    return `${currency} has ${places === 0 ? 'no' : places} decimals: enter ${lower} or ${upper}`;
  }
  const meanings = couldMean.map((decimal) => groupDigits(padded(decimal, places)));
  return meaningsInWords(text, meanings) ?? `Enter an amount in digits, such as ${formatDigits(String(10 ** places), places)}`;
}

function padded(decimal: string, places: number): string {
  const missing = places - decimalPlaces(decimal);
  if (missing <= 0) return decimal;
  return `${decimal}${decimal.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
}
