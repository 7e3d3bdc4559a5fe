import { config } from '#lib/config';

/** Where this site is for whoever sent these headers: `https://codes.example.com`, without a slash at the end. */
export function baseUrl(headers: Headers): string {
  const { appUrl } = config();
  if (appUrl) return appUrl;
  const host = headers.get('x-forwarded-host') ?? headers.get('host') ?? 'localhost';
  const url = `${headers.get('x-forwarded-proto') ?? 'http'}://${host}`;
  return URL.canParse(url) ? new URL(url).origin : 'http://localhost';
}
