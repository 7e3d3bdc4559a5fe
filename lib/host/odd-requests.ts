import type { IncomingMessage, ServerResponse } from 'node:http';

/** As large as request headers may be: a token of 100 KB is answered like any that is none of ours. */
export const maxHeaderBytes = 160 * 1024;

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const api = '/v2';
const tokens = '/oauth/access_token';

/**
 * Sees to what Next would crash on or send elsewhere: a method it does not know is refused, and an address that cannot
 * be decoded, or of the API one with `..` or `//` in it, leads nowhere. A slash at the end of an address of the API is
 * read over. Returns whether it answered.
 */
export function answerOddRequest(request: IncomingMessage, response: ServerResponse): boolean {
  const url = request.url ?? '';
  const [path = ''] = url.split('?');
  const ofApi = path.startsWith(`${api}/`) || path === tokens || path === `${tokens}/`;
  if (!methods.includes(request.method ?? '')) {
    if (!ofApi) {
      response.writeHead(405, { allow: methods.join(', '), connection: 'close' }).end();
      return true;
    }
    // No address of the API takes PATCH: its answer says what the address does take.
    request.method = 'PATCH';
  }
  if (!isDecodable(path) || (ofApi && isCrooked(path))) request.url = ofApi ? `${api}/-` : '/-';
  else if (ofApi && path.endsWith('/')) request.url = path.slice(0, -1) + url.slice(path.length);
  return false;
}

const isCrooked = (path: string) => /\/(?:\.{0,2}\/|\.{1,2}$)/.test(path.replace(/%2e/gi, '.'));

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
