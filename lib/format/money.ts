import * as iso4217 from 'dinero.js/currencies';
import { groupDigits } from '#lib/format/number';

/** An amount in the currency's smallest unit, as in the API: 500 of USD is five dollars. */
export type Money = { amount: number; currency: string };

// Both currencies have two decimals in ISO 4217. The package has another number, because their main unit has five subunits.
const countedInFifths = { MGA: 2, MRU: 2 };
const decimals = new Map<string, number>([
  ...Object.values(iso4217).map(({ code, exponent }) => [code, exponent] as const),
  ...Object.entries(countedInFifths),
]);

/** Currencies that ISO 4217 has withdrawn and the package still contains. Stored amounts may use them. */
const withdrawn = ['BGN'];

/** The currency codes of ISO 4217, as of 2026-01-01. */
export const currencies: readonly string[] = [...decimals.keys()].filter((code) => !withdrawn.includes(code)).sort();

/** The number of decimals of a currency by ISO 4217; 0 for an unknown code, so that its amounts are shown in the smallest unit. */
export function decimalsOf(currency: string): number {
  return decimals.get(currency) ?? 0;
}

/** Formats an amount without its currency: 123456 of USD becomes `1,234.56`. `readMoney` reads the text back. */
export function formatAmount(amount: number, currency: string): string {
  return formatDigits(String(amount), decimalsOf(currency));
}

/** {@link formatAmount} for digits and a number of decimals. */
export function formatDigits(amount: string, places: number): string {
  if (places === 0) return groupDigits(amount);
  const digits = amount.padStart(places + 1, '0');
  return groupDigits(`${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** Formats an amount without unneeded decimals, so that it is valid in more currencies: 500 of USD becomes `5`, 999 becomes `9.99`. */
export function withoutTrailingZeros(amount: number, currency: string): string {
  return formatAmount(amount, currency).replace(/\.0+$|(?<=\.\d*)0+$/, '');
}

// A fixed table, because `Intl` uses different symbols on servers and in browsers.
const symbols: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', INR: '₹', JPY: '¥', KRW: '₩', USD: '$' };

/** Formats an amount with its currency: 123456 of USD becomes `$1,234.56`, of CHF `CHF 1,234.56` with a non-breaking space. */
export function formatMoney({ amount, currency }: Money): string {
  return `${symbols[currency] ?? `${currency}\u00a0`}${formatAmount(amount, currency)}`;
}
