/** Returns the address of the client, for logs and counters. The web server sets the header (`lib/server/web/proxy-headers.ts`). */
export function clientAddress(headers: Headers): string {
  return headers.get('x-forwarded-for') ?? 'unknown';
}
