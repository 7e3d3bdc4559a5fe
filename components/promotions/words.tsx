/** `1 code`, `1,000 codes`. */
export function codesInWords(count: number): string {
  return count === 1 ? '1 code' : `${count.toLocaleString('en')} codes`;
}

/** A day as the person's calendar has it. Only for what is rendered in the browser alone: the server knows no time zone. */
export function dayInWords(date: Date): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
}
