import type { IncomingMessage, ServerResponse } from 'node:http';
import { isMalformed } from '#lib/server/web/malformed-request';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const apiPath = '/v2';
const tokenPath = '/oauth/access_token';

// Next answers a request for its own error page with 500.
const nextErrorPage = '/_global-error';

/**
 * Normalizes a request that Next would fail at or redirect. Answers a malformed request with 400 and an unknown method of a page with
 * 405. Replaces an undecodable path, an API path with `..`, `//` or `\` and the path of Next's error page by a path that is answered
 * with 404. Reduces a target in absolute form to its path, and removes the slash at the end of an API path. Returns true when it
 * answered the request.
 */
export function normalizeRequest(request: IncomingMessage, response: ServerResponse): boolean {
  reduceAbsoluteTarget(request);
  if (isMalformed(request)) {
    response.writeHead(400, { connection: 'close' }).end();
    return true;
  }
  const url = request.url ?? '';
  const [path = ''] = url.split('?');
  const isApiPath = path.startsWith(`${apiPath}/`) || path === tokenPath || path === `${tokenPath}/`;
  if (!methods.includes(request.method ?? '')) {
    if (!isApiPath) {
      response.writeHead(405, { allow: methods.join(', '), connection: 'close' }).end();
      return true;
    }
    // No address of the API accepts PATCH, so the API answers with the allowed methods of the address.
    request.method = 'PATCH';
  }
  if (!isDecodable(path) || path === nextErrorPage || (isApiPath && hasAmbiguousSegments(path)))
    request.url = isApiPath ? `${apiPath}/-` : '/-';
  else if (isApiPath && path.endsWith('/')) request.url = path.slice(0, -1) + url.slice(path.length);
  return false;
}

/** A proxy may send `GET http://host/path`. Its host then replaces the header `Host` (RFC 9112, section 3.2.2). */
function reduceAbsoluteTarget(request: IncomingMessage): void {
  const { host, rest } = /^https?:\/\/(?<host>[^/?#]*)(?<rest>.*)$/i.exec(request.url ?? '')?.groups ?? {};
  if (host === undefined || rest === undefined) return;
  request.headers.host = host;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
}

const hasAmbiguousSegments = (path: string) => /\\|\/(?:\.{0,2}\/|\.{1,2}$)/.test(path.replace(/%2e/gi, '.'));

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
