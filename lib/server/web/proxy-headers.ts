import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '#lib/config';
import { readIpAddress } from '#lib/input/ip-address';

type Settings = Pick<Config, 'trustedProxies' | 'appUrl'>;

const unread = ['forwarded', 'x-forwarded-port', 'x-real-ip'];

/**
 * Determines the address of the client and the scheme of the browser, and writes both into the headers: `X-Forwarded-For` is then one
 * address and `X-Forwarded-Proto` is `http` or `https`. All other code reads only these. Without trusted proxies the address is that
 * of the connection, and `X-Forwarded-Host` is removed.
 */
export function normalizeProxyHeaders(headers: IncomingHttpHeaders, socketAddress: string | undefined, settings: Settings): void {
  const { trustedProxies } = settings;
  const forwardedFor = trusted(headers['x-forwarded-for'], trustedProxies);
  headers['x-forwarded-proto'] = schemeOf(headers, settings);
  headers['x-forwarded-for'] = readIpAddress(forwardedFor) ?? readIpAddress(socketAddress ?? '') ?? 'unknown';
  if (trustedProxies === 0) delete headers['x-forwarded-host'];
  for (const name of unread) delete headers[name];
}

/** A warning about settings, from the raw headers of a request; null without one. */
export function proxyWarning(headers: IncomingHttpHeaders, settings: Settings): string | null {
  if (settings.trustedProxies === 0) {
    if (!headers['x-forwarded-for'] && !headers['x-forwarded-proto']) return null;
    return 'A request carries X-Forwarded headers, but TRUST_PROXY is off: sign-in attempts are counted by the address of the proxy, and cookies are Secure only if APP_URL begins with https. If Promint runs behind a proxy, set TRUST_PROXY to the number of proxies.';
  }
  if (settings.appUrl || schemeOf(headers, settings) === 'http') return null;
  return 'A request came by https through the proxy, but APP_URL is not set: addresses in answers follow the headers of the request. Set APP_URL to the address that browsers use.';
}

function schemeOf(headers: IncomingHttpHeaders, { trustedProxies, appUrl }: Settings): 'http' | 'https' {
  const secure = appUrl ? appUrl.startsWith('https:') : trusted(headers['x-forwarded-proto'], trustedProxies).toLowerCase() === 'https';
  return secure ? 'https' : 'http';
}

/**
 * The value of the outermost trusted proxy. Each proxy appends on the right, so values further left may come from the client. Only
 * trusted proxies wrote a shorter list.
 */
function trusted(header: string | string[] | undefined, trustedProxies: number): string {
  if (trustedProxies === 0 || header === undefined) return '';
  const values = String(header).split(',');
  return values[Math.max(0, values.length - trustedProxies)]?.trim() ?? '';
}
