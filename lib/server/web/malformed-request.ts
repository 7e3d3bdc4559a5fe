import type { IncomingMessage } from 'node:http';

/**
 * True for a request whose target is no path, or whose host headers contain anything but a host. Next fails on such a request or
 * builds links from it. The answer is 400. `proxy-headers.ts` handles the other headers of proxies.
 */
export function isMalformed({ url, headers }: IncomingMessage): boolean {
  const hosts = [headers.host, headers['x-forwarded-host']].filter((host) => host !== undefined);
  return !url?.startsWith('/') || !hosts.every((host) => isHost(String(host)));
}

// A name or an address, and a port. The URL parser checks the rest.
const hostPattern = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

function isHost(host: string): boolean {
  return hostPattern.test(host) && URL.canParse(`http://${host}`);
}
