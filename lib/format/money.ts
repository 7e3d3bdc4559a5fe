import * as iso4217 from 'dinero.js/currencies';
import { groupDigits } from '#lib/format/number';

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

/** An amount as its field shows it and takes it back: 123456 of USD is `1,234.56`. */
export function formatAmount(amount: number, currency: string): string {
  return formatDigits(String(amount), decimalsOf(currency));
}

/** As {@link formatAmount}, of digits and a number of decimals. */
export function formatDigits(amount: string, places: number): string {
  if (places === 0) return groupDigits(amount);
  const digits = amount.padStart(places + 1, '0');
  return groupDigits(`${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** An amount with no more decimals than it needs, so that other currencies can take it: 500 of USD is `5`, 999 is `9.99`. */
export function withoutTrailingZeros(amount: number, currency: string): string {
  return formatAmount(amount, currency).replace(/\.0+$|(?<=\.\d*)0+$/, '');
}

// Fixed here: the runtime's own differ between servers and browsers.
const symbols: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', INR: '₹', JPY: '¥', KRW: '₩', USD: '$' };

/** An amount as people read it: 123456 of USD is `$1,234.56`, of CHF `CHF 1,234.56` on one line. */
export function formatMoney({ amount, currency }: Money): string {
  return `${symbols[currency] ?? `${currency}\u00a0`}${formatAmount(amount, currency)}`;
}
