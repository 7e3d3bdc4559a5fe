import type { IncomingMessage, ServerResponse } from 'node:http';
import { isMalformed } from '#lib/server/web/malformed-request';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const api = '/v2';
const tokens = '/oauth/access_token';

// The page of Next for its own failures, which it answers with 500.
const failurePage = '/_global-error';

/**
 * Handles requests on which Next would fail or which it would redirect. A malformed request and an unknown method are rejected. A
 * path that cannot be decoded, an API path with `..`, `//` or `\`, and Next's failure page are answered with 404. A target that is a
 * whole address becomes its path, and a slash at the end of an API path is ignored. True when it has answered.
 */
export function normalizeRequest(request: IncomingMessage, response: ServerResponse): boolean {
  takePathOfAddress(request);
  if (isMalformed(request)) {
    response.writeHead(400, { connection: 'close' }).end();
    return true;
  }
  const url = request.url ?? '';
  const [path = ''] = url.split('?');
  const ofApi = path.startsWith(`${api}/`) || path === tokens || path === `${tokens}/`;
  if (!methods.includes(request.method ?? '')) {
    if (!ofApi) {
      response.writeHead(405, { allow: methods.join(', '), connection: 'close' }).end();
      return true;
    }
    // No address of the API accepts PATCH. The answer of the API lists the allowed methods.
    request.method = 'PATCH';
  }
  if (!isDecodable(path) || path === failurePage || (ofApi && isCrooked(path))) request.url = ofApi ? `${api}/-` : '/-';
  else if (ofApi && path.endsWith('/')) request.url = path.slice(0, -1) + url.slice(path.length);
  return false;
}

/** A proxy may send `GET http://host/path`; that host then replaces the header (RFC 9112, section 3.2.2). */
function takePathOfAddress(request: IncomingMessage): void {
  const { host, rest } = /^https?:\/\/(?<host>[^/?#]*)(?<rest>.*)$/i.exec(request.url ?? '')?.groups ?? {};
  if (host === undefined || rest === undefined) return;
  request.headers.host = host;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
}

const isCrooked = (path: string) => /\\|\/(?:\.{0,2}\/|\.{1,2}$)/.test(path.replace(/%2e/gi, '.'));

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
