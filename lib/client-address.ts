/** Where a request comes from. The web server writes the header itself (`lib/host/web.ts`), so nobody can make it up. */
export function clientAddress(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown';
}
