import { EventEmitter, once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** The time that requests in flight have to end when the web server stops. */
export const requestsEndWithinMs = 10_000;

/** The requests that a server is answering. */
export type Requests = {
  /** Rejects new connections, waits for the requests in flight, and closes the connections of those that take longer than `withinMs`. */
  end(withinMs: number): Promise<void>;
};

/** Tracks the requests of a server from now on. Idle connections do not delay the end. */
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
      const timeout = new AbortController();
      await Promise.race([allAnswered(), delay(withinMs, undefined, timeout)]);
      timeout.abort();
      server.closeAllConnections();
    },
  };
}
