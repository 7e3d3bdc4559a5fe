import { EventEmitter, once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** How long requests in flight may take to end when the web server stops. */
export const requestsEndWithinMs = 10_000;

/** The requests that a server is answering. */
export type Requests = {
  /** Accepts no connection any more, lets requests in flight end, and hangs up on those that take longer than `withinMs`. */
  end(withinMs: number): Promise<void>;
};

/** Watches the requests of a server from now on. Connections that only wait for a next request hold up no end. */
export function trackRequests(server: Server): Requests {
  const open = new Set<ServerResponse>();
  const changes = new EventEmitter();
  let ending = false;
  server.prependListener('request', (_request, response: ServerResponse) => {
    open.add(response);
    if (ending) response.shouldKeepAlive = false;
    response.once('close', () => {
      open.delete(response);
      changes.emit('answered');
    });
  });
  const allAnswered = async () => {
    while (open.size > 0) await once(changes, 'answered');
  };
  return {
    async end(withinMs) {
      ending = true;
      for (const response of open) if (!response.headersSent) response.shouldKeepAlive = false;
      server.close();
      const late = new AbortController();
      await Promise.race([allAnswered(), delay(withinMs, undefined, late)]);
      late.abort();
      server.closeAllConnections();
    },
  };
}
