import type { IncomingMessage } from 'node:http';

/**
 * Whether a request cannot be placed: its target is not a path, or a header that names the host holds anything else. Next fails
 * on such a request, or builds links from it. The answer is 400. What proxies say otherwise, `proxy-headers.ts` settles.
 */
export function isMalformed({ url, headers }: IncomingMessage): boolean {
  const hosts = [headers.host, headers['x-forwarded-host']].filter((host) => host !== undefined);
  return !url?.startsWith('/') || !hosts.every((host) => isHost(String(host)));
}

// A name or an address, and a port; the URL parser then checks what the pattern cannot.
const hostPattern = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

function isHost(host: string): boolean {
  return hostPattern.test(host) && URL.canParse(`http://${host}`);
}
