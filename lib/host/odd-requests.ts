import type { IncomingMessage, ServerResponse } from 'node:http';

/** As large as request headers may be: a token of 100 KB is answered like any that is none of ours. */
export const maxHeaderBytes = 160 * 1024;

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const api = '/v2';

/**
 * Sees to what Next would crash on or send elsewhere: a method it does not know is answered with 405, and an address
 * that cannot be decoded, or of the API one with `..` or `//` in it, leads nowhere. Returns whether it answered.
 */
export function answerOddRequest(request: IncomingMessage, response: ServerResponse): boolean {
  if (!methods.includes(request.method ?? '')) {
    response.writeHead(405, { allow: methods.join(', '), connection: 'close' }).end();
    return true;
  }
  const [path = ''] = (request.url ?? '').split('?');
  const ofApi = path.startsWith(`${api}/`);
  if (!isDecodable(path) || (ofApi && isCrooked(path))) request.url = ofApi ? `${api}/-` : '/-';
  return false;
}

const isCrooked = (path: string) => /\/(?:\.{0,2}\/|\.{1,2}$)/.test(path);

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
