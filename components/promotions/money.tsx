/** How many decimals a currency has: 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** 500 of USD's smallest unit is 5. */
export function toMajor(amount: number | null, currency: string): number | string {
  return amount === null ? '' : amount / 10 ** decimalsOf(currency);
}

/** 5 USD is 500 of its smallest unit; null for what is no number. */
export function toMinor(major: number | string, currency: string): number | null {
  return major === '' || Number.isNaN(Number(major)) ? null : Math.round(Number(major) * 10 ** decimalsOf(currency));
}

const names = new Intl.DisplayNames('en', { type: 'currency' });

/** `USD` is `US Dollar`. */
export function currencyName(currency: string): string {
  return names.of(currency) ?? currency;
}

export const currencies: readonly string[] = Intl.supportedValuesOf('currency');
