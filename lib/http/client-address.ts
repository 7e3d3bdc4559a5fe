/** The address that a request comes from, for logs and counters. The web server sets it (`lib/server/web/proxy-headers.ts`). */
export function clientAddress(headers: Headers): string {
  return headers.get('x-forwarded-for') ?? 'unknown';
}
