import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '#lib/config';
import { readIpAddress } from '#lib/input/ip-address';

type Settings = Pick<Config, 'trustedProxies' | 'appUrl'>;

const unread = ['forwarded', 'x-forwarded-port', 'x-real-ip'];

/**
 * Decides where a request comes from and by which scheme the browser sent it, and writes both into the headers:
 * `X-Forwarded-For` is then one address and `X-Forwarded-Proto` is `http` or `https`. Everything else reads only these.
 * Without trusted proxies the address is that of the connection, and `X-Forwarded-Host` is removed.
 */
export function settleProxyHeaders(headers: IncomingHttpHeaders, socketAddress: string | undefined, settings: Settings): void {
  const { trustedProxies } = settings;
  const forwardedFor = trusted(headers['x-forwarded-for'], trustedProxies);
  headers['x-forwarded-proto'] = schemeOf(headers, settings);
  headers['x-forwarded-for'] = readIpAddress(forwardedFor) ?? readIpAddress(socketAddress ?? '') ?? 'unknown';
  if (trustedProxies === 0) delete headers['x-forwarded-host'];
  for (const name of unread) delete headers[name];
}

/** What the operator should set, judged by the headers of a request before they are settled; null when all is well. */
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
 * The value that the outermost trusted proxy wrote. Each proxy adds on the right, so that whatever stands further left
 * may be made up by the client. A shorter list was written by trusted proxies alone.
 */
function trusted(header: string | string[] | undefined, trustedProxies: number): string {
  if (trustedProxies === 0 || header === undefined) return '';
  const values = String(header).split(',');
  return values[Math.max(0, values.length - trustedProxies)]?.trim() ?? '';
}
