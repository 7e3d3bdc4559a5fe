import { IncomingMessage, type ServerResponse } from 'node:http';
import { bodyLimits } from '#lib/http/body-limits';
import { isPage } from '#lib/server/web/doors';

const silentSeconds = 15;
const windowSeconds = 60;
const leastBytesPerSecond = 32_000;
/** A sender that is refused still sends what it announced before it reads the answer. So much of that is read, and no more. */
const mostRead = 16 * 1024 * 1024;

/** A request whose body is counted as it arrives. */
export class CountedRequest extends IncomingMessage {
  /** Is told of each part of the body; a part that it does not want is dropped. */
  wantsPart: (bytes: number) => boolean = () => true;

  override push(part: Uint8Array | string | null, encoding?: BufferEncoding): boolean {
    if (part !== null && !this.wantsPart(part.length)) return true;
    return super.push(part, encoding);
  }
}

/**
 * Refuses a body that is too large for a page with 413: by its announced length before a byte of it is read, else as soon as it
 * is longer. Doors refuse a large body themselves, by the same limits (`#lib/body-limits`) and in their own form. Returns
 * whether it answered.
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

/** Gives up a body that brings no byte for 15 s, or less than 32 kB/s over a minute, with its connection. Whatever the address is. */
export function giveUpSlowBody(request: CountedRequest, response: ServerResponse): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  const start = socket.bytesRead;
  let [last, lastWindow] = [start, start];
  let [silent, elapsed] = [0, 0];
  const timer = setInterval(() => {
    if (request.complete || !socket.writable) return clearInterval(timer);
    // What lies unread was sent in time.
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

/** Answers as Node does when its own limits are passed, below the response that a handler may be about to write. */
function giveUp(request: CountedRequest, response: ServerResponse, status: string): void {
  const { socket } = request;
  request.wantsPart = () => false;
  if (socket.writable && !response.headersSent) socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  socket.destroySoon();
}
