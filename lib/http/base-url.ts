import { config } from '#lib/config';

/** Returns the URL of this site for the client that sent these headers: `https://codes.example.com`, without a slash at the end. */
export function baseUrl(headers: Headers): string {
  const { appUrl } = config();
  if (appUrl) return appUrl;
  const url = `${isHttps(headers) ? 'https' : 'http'}://${hostOf(headers) ?? 'localhost'}`;
  return URL.canParse(url) ? new URL(url).origin : 'http://localhost';
}

/** True when the browser uses https. The web server determines it by `APP_URL` or a trusted proxy (`lib/server/web/proxy-headers.ts`). */
export function isHttps(headers: Headers): boolean {
  return headers.get('x-forwarded-proto') === 'https';
}

/**
 * True when the header `Origin` of a request belongs to this site. When the site uses https, an http origin does not belong to it.
 */
export function isOwnOrigin(origin: string, headers: Headers): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  const { appUrl } = config();
  const ownHosts = [hostOf(headers), appUrl && new URL(appUrl).host];
  return ownHosts.includes(host) && (protocol === 'https:' || (protocol === 'http:' && !isHttps(headers)));
}

function hostOf(headers: Headers): string | null {
  return headers.get('x-forwarded-host') ?? headers.get('host');
}
