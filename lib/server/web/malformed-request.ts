import type { IncomingMessage } from 'node:http';

/**
 * True when the target of a request is not a path or a host header is not a valid host. Next fails at such a request, or builds links
 * from it. The answer is 400. `proxy-headers.ts` handles the other headers of proxies.
 */
export function isMalformed({ url, headers }: IncomingMessage): boolean {
  const hosts = [headers.host, headers['x-forwarded-host']].filter((host) => host !== undefined);
  return !url?.startsWith('/') || !hosts.every((host) => isHost(String(host)));
}

// A name or an address, and a port. The URL parser then checks the range of numbers.
const hostPattern = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

function isHost(host: string): boolean {
  return hostPattern.test(host) && URL.canParse(`http://${host}`);
}
