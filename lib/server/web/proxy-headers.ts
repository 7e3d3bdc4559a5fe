import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '#lib/config';
import { readIpAddress } from '#lib/input/ip-address';

type Settings = Pick<Config, 'trustedProxies' | 'appUrl'>;

const unusedHeaders = ['forwarded', 'x-forwarded-port', 'x-real-ip'];

/**
 * Writes the address of the client and the scheme of the browser into the headers: `X-Forwarded-For` becomes one address,
 * `X-Forwarded-Proto` becomes `http` or `https`. All other code reads only these. Without trusted proxies, the address of the
 * connection is used and `X-Forwarded-Host` is removed.
 */
export function normalizeProxyHeaders(headers: IncomingHttpHeaders, socketAddress: string | undefined, settings: Settings): void {
  const { trustedProxies } = settings;
  const forwardedFor = trustedValue(headers['x-forwarded-for'], trustedProxies);
  headers['x-forwarded-proto'] = schemeOf(headers, settings);
  headers['x-forwarded-for'] = readIpAddress(forwardedFor) ?? readIpAddress(socketAddress ?? '') ?? 'unknown';
  if (trustedProxies === 0) delete headers['x-forwarded-host'];
  for (const name of unusedHeaders) delete headers[name];
}

/** A warning for the operator about a wrong proxy setting, from the headers of a request before their normalization; null without a problem. */
export function proxyWarning(headers: IncomingHttpHeaders, settings: Settings): string | null {
  if (settings.trustedProxies === 0) {
    if (!headers['x-forwarded-for'] && !headers['x-forwarded-proto']) return null;
    return 'A request has X-Forwarded headers, but TRUST_PROXY is off: sign-in attempts are counted by the address of the proxy, and cookies are Secure only if APP_URL begins with https. If Promint runs behind a proxy, set TRUST_PROXY to the number of proxies.';
  }
  if (settings.appUrl || schemeOf(headers, settings) === 'http') return null;
  return 'A proxy forwarded an https request, but APP_URL is not set: links in responses use the host of each request. Set APP_URL to the address that browsers use.';
}

function schemeOf(headers: IncomingHttpHeaders, { trustedProxies, appUrl }: Settings): 'http' | 'https' {
  const secure = appUrl
    ? appUrl.startsWith('https:')
    : trustedValue(headers['x-forwarded-proto'], trustedProxies).toLowerCase() === 'https';
  return secure ? 'https' : 'http';
}

/**
 * The value that the outermost trusted proxy wrote. Each proxy appends a value, so a client may have invented the values before it.
 * All values of a shorter list are from trusted proxies.
 */
function trustedValue(header: string | string[] | undefined, trustedProxies: number): string {
  if (trustedProxies === 0 || header === undefined) return '';
  const values = String(header).split(',');
  return values[Math.max(0, values.length - trustedProxies)]?.trim() ?? '';
}
