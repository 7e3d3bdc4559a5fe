import { IncomingMessage, type ServerResponse } from 'node:http';
import { bodyLimits } from '#lib/http/body-limits';
import { isPage } from '#lib/server/web/doors';

const silentSeconds = 15;
const windowSeconds = 60;
const leastBytesPerSecond = 32_000;
/** At most this much of a rejected body is still read, because many clients send the whole body before they read the answer. */
const mostRead = 16 * 1024 * 1024;

/** A request whose body is counted as it arrives. */
export class CountedRequest extends IncomingMessage {
  /** Called for each part of the body; a part is dropped when it returns false. */
  wantsPart: (bytes: number) => boolean = () => true;

  override push(part: Uint8Array | string | null, encoding?: BufferEncoding): boolean {
    if (part !== null && !this.wantsPart(part.length)) return true;
    return super.push(part, encoding);
  }
}

/**
 * Rejects a body that is too large for a page with 413: by its announced length before reading it, or else as soon as it is too
 * long. Doors reject a large body themselves, by the same limits (`#lib/http/body-limits`) and in their own form. True
 * when it has answered.
 */
export function answerLargeBody(request: CountedRequest, response: ServerResponse): boolean {
  const path = request.url?.split('?')[0] ?? '';
  if (!isPage(path)) return false;
  const most = path === '/sign-in' ? bodyLimits.signIn : bodyLimits.page;
  if (Number(request.headers['content-length'] ?? 0) > most) {
    response.writeHead(413, { 'content-type': 'text/plain; charset=utf-8' }).end(`The body may have at most ${most} bytes\n`);
    return true;
  }
  let received = 0;
  request.wantsPart = (bytes) => {
    received += bytes;
    if (received <= most) return true;
    giveUp(request, response, '413 Content Too Large');
    return false;
  };
  return false;
}

/** Closes the connection of a body that brings no byte for 15 s, or less than 32 kB/s over a minute, at any address. */
export function giveUpSlowBody(request: CountedRequest, response: ServerResponse): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  const start = socket.bytesRead;
  let [last, lastWindow] = [start, start];
  let [silent, elapsed] = [0, 0];
  const timer = setInterval(() => {
    if (request.complete || !socket.writable) return clearInterval(timer);
    // Unread data was sent in time.
    silent = socket.bytesRead > last || request.readableLength > 0 ? 0 : silent + 1;
    last = socket.bytesRead;
    elapsed += 1;
    const isWindowOver = elapsed % windowSeconds === 0;
    const isSlow = isWindowOver && request.readableLength === 0 && last - lastWindow < windowSeconds * leastBytesPerSecond;
    if (isWindowOver) lastWindow = last;
    if (silent >= silentSeconds || isSlow || last - start > mostRead) giveUp(request, response, '408 Request Timeout');
  }, 1_000).unref();
}

function hasBody({ headers }: CountedRequest): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}

/** Answers as Node does when its own limits are exceeded, before a handler can write its response. */
function giveUp(request: CountedRequest, response: ServerResponse, status: string): void {
  const { socket } = request;
  request.wantsPart = () => false;
  if (socket.writable && !response.headersSent) socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  socket.destroySoon();
}
