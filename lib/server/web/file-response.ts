import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** The header in which a route states the length of its body, because Next drops the `Content-Length` of routes. */
export const fileLengthHeader = 'x-file-length';

// Node closes the connection when two checks find no progress, so within twice this time.
const lookEverySeconds = 14;

type HeaderList = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * A response with the length of a file, so that a client can tell an incomplete download from a complete one. The connection of a
 * client that reads nothing for half a minute is closed; the client can continue the download by `Range`.
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
