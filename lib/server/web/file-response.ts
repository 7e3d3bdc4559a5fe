import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** In this header a route says how many bytes its body has: Next drops `Content-Length` from what routes answer. */
export const fileLengthHeader = 'x-file-length';

// Node hangs up when it has looked twice and nothing was taken in between, so within twice this time.
const lookEverySeconds = 14;

type HeaderList = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * A response that keeps the length of a file, without which nobody could tell a cut download from a whole one.
 * Whoever takes nothing of a file for half a minute is hung up on; the download goes on later by `Range`.
 */
export class FileResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override writeHead(statusCode: number, reason?: string | HeaderList, headers?: HeaderList): this {
    const length = this.getHeader(fileLengthHeader);
    if (length !== undefined) {
      this.removeHeader(fileLengthHeader);
      this.setHeader('content-length', length);
      this.setTimeout(lookEverySeconds * 1000);
    }
    return typeof reason === 'string' ? super.writeHead(statusCode, reason, headers) : super.writeHead(statusCode, reason);
  }
}
