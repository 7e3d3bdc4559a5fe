import * as iso4217 from 'dinero.js/currencies';
import { decimalPlaces, groupDigits, meaningsInWords, type Reading, readDecimal } from '#lib/numbers';

/** An amount of a currency's smallest unit, as the API has it: 500 of USD is five dollars. */
export type Money = { amount: number; currency: string };

// ISO 4217 gives both two decimals; the package counts in their fifths, which ISO 4217 has no number for.
const countedInFifths = { MGA: 2, MRU: 2 };
const decimals = new Map<string, number>([
  ...Object.values(iso4217).map(({ code, exponent }) => [code, exponent] as const),
  ...Object.entries(countedInFifths),
]);

/** Gone from ISO 4217 and still in the package, for amounts that are stored already. */
const withdrawn = ['BGN'];

/** The codes of ISO 4217 for money, as of 2026-01-01. */
export const currencies: readonly string[] = [...decimals.keys()].filter((code) => !withdrawn.includes(code)).sort();

/** How many decimals ISO 4217 gives a currency. None for an unknown code, so that its amounts are shown in the smallest unit. */
export function decimalsOf(currency: string): number {
  return decimals.get(currency) ?? 0;
}

/** Reads an amount as its field takes it, in the currency's smallest unit. */
export function readMoney(typed: string, currency: string): Reading {
  const places = decimalsOf(currency);
  const reading = readDecimal(typed, places);
  if ('couldMean' in reading) return { problem: explain(typed, reading.couldMean, currency) };
  if (reading.decimal === '') return { value: null };
  const value = Number(padded(reading.decimal, places).replace('.', ''));
  return value <= Number.MAX_SAFE_INTEGER ? { value } : { problem: `Enter at most ${showMoney(Number.MAX_SAFE_INTEGER, currency)}` };
}

function explain(typed: string, couldMean: string[], currency: string): string {
  const places = decimalsOf(currency);
  const [only = ''] = couldMean;
  if (couldMean.length === 1 && decimalPlaces(only) > places) {
    const below = BigInt(only.slice(0, only.indexOf('.') + 1 + places).replace('.', ''));
    const [lower, upper] = [below, below + 1n].map((amount) => showMinor(String(amount), places));
    return `${currency} has ${places === 0 ? 'no' : places} decimals: enter ${lower} or ${upper}`;
  }
  const meanings = couldMean.map((decimal) => groupDigits(padded(decimal, places)));
  return meaningsInWords(typed, meanings) ?? `Enter an amount in digits, such as ${showMinor(String(10 ** places), places)}`;
}

function padded(decimal: string, places: number): string {
  const missing = places - decimalPlaces(decimal);
  if (missing <= 0) return decimal;
  return `${decimal}${decimal.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
}

/** An amount as its field shows it and takes it back: 123456 of USD is `1,234.56`. */
export function showMoney(amount: number, currency: string): string {
  return showMinor(String(amount), decimalsOf(currency));
}

function showMinor(amount: string, places: number): string {
  if (places === 0) return groupDigits(amount);
  const digits = amount.padStart(places + 1, '0');
  return groupDigits(`${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** An amount with no more decimals than it needs, so that other currencies can take it: 500 of USD is `5`, 999 is `9.99`. */
export function withoutTrailingZeros(amount: number, currency: string): string {
  return showMoney(amount, currency).replace(/\.0+$|(?<=\.\d*)0+$/, '');
}

// Fixed here: the runtime's own differ between servers and browsers.
const symbols: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', INR: '₹', JPY: '¥', KRW: '₩', USD: '$' };

/** An amount as people read it: 123456 of USD is `$1,234.56`, of CHF `CHF 1,234.56` on one line. */
export function formatMoney({ amount, currency }: Money): string {
  return `${symbols[currency] ?? `${currency}\u00a0`}${showMoney(amount, currency)}`;
}
