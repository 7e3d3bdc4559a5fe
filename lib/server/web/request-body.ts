import { IncomingMessage, type ServerResponse } from 'node:http';
import { bodyLimits } from '#lib/http/body-limits';
import { isPage } from '#lib/server/web/page-paths';

const maxIdleSeconds = 15;
const windowSeconds = 60;
const minBytesPerSecond = 32_000;
/** After a rejection the client may finish sending its body before it reads the answer. At most this much of the body is read. */
const maxBytesRead = 16 * 1024 * 1024;

/** A request that counts its body while it arrives. */
export class CountedRequest extends IncomingMessage {
  /** Called with the size of each chunk of the body. Returns false to drop the chunk. */
  acceptChunk: (bytes: number) => boolean = () => true;

  override push(chunk: Uint8Array | string | null, encoding?: BufferEncoding): boolean {
    if (chunk !== null && !this.acceptChunk(chunk.length)) return true;
    return super.push(chunk, encoding);
  }
}

/**
 * Answers 413 to a body that is too large for a page: before reading it when it announces its length, otherwise when it exceeds the
 * limit. Addresses that are not pages reject a large body themselves, with the same limits (`#lib/http/body-limits`) and in their own
 * format. Returns true when it answered the request.
 */
export function rejectLargeBody(request: CountedRequest, response: ServerResponse): boolean {
  const path = request.url?.split('?')[0] ?? '';
  if (!isPage(path)) return false;
  const limit = path === '/sign-in' ? bodyLimits.signIn : bodyLimits.page;
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    response.writeHead(413, { 'content-type': 'text/plain; charset=utf-8' }).end(`The body may have at most ${limit} bytes\n`);
    return true;
  }
  let received = 0;
  request.acceptChunk = (bytes) => {
    received += bytes;
    if (received <= limit) return true;
    abort(request, response, '413 Content Too Large');
    return false;
  };
  return false;
}

/** Answers 408 and closes the connection when a body of any address sends no byte for 15 s or less than 32 kB/s over a minute. */
export function abortSlowBody(request: CountedRequest, response: ServerResponse): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  const start = socket.bytesRead;
  let [last, lastWindow] = [start, start];
  let [idleSeconds, elapsed] = [0, 0];
  const timer = setInterval(() => {
    if (request.complete || !socket.writable) return clearInterval(timer);
    // Unread data arrived in time.
    idleSeconds = socket.bytesRead > last || request.readableLength > 0 ? 0 : idleSeconds + 1;
    last = socket.bytesRead;
    elapsed += 1;
    const isWindowOver = elapsed % windowSeconds === 0;
    const isSlow = isWindowOver && request.readableLength === 0 && last - lastWindow < windowSeconds * minBytesPerSecond;
    if (isWindowOver) lastWindow = last;
    if (idleSeconds >= maxIdleSeconds || isSlow || last - start > maxBytesRead) abort(request, response, '408 Request Timeout');
  }, 1_000).unref();
}

function hasBody({ headers }: CountedRequest): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}

/** Answers on the socket, as Node does for its own limits, because a handler may already be using the response object. */
function abort(request: CountedRequest, response: ServerResponse, status: string): void {
  const { socket } = request;
  request.acceptChunk = () => false;
  if (socket.writable && !response.headersSent) socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  socket.destroySoon();
}
