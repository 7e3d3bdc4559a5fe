import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** A route sets this header to the size of its body, because Next removes `Content-Length` from the responses of routes. */
export const fileLengthHeader = 'x-file-length';

// Node closes the connection after one to two times this time without any sent data.
const socketTimeoutSeconds = 14;

type HeaderList = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * A response that sends the length of a file, so that a client can recognize an incomplete download. The connection of a client that
 * reads nothing for half a minute is closed; the client can resume the download with `Range`.
 */
export class FileResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override writeHead(statusCode: number, reason?: string | HeaderList, headers?: HeaderList): this {
    const length = this.getHeader(fileLengthHeader);
    if (length !== undefined) {
      this.removeHeader(fileLengthHeader);
      this.setHeader('content-length', length);
      this.setTimeout(socketTimeoutSeconds * 1000);
    }
    return typeof reason === 'string' ? super.writeHead(statusCode, reason, headers) : super.writeHead(statusCode, reason);
  }
}
