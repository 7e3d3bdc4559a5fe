import { EventEmitter, once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** The time for requests in progress when the web server stops. */
export const requestsEndWithinMs = 10_000;

/** The requests that a server is answering. */
export type Requests = {
  /** Stops accepting connections, completes requests in progress, and closes those that take longer than `withinMs`. */
  end(withinMs: number): Promise<void>;
};

/** Tracks the requests of a server. Idle connections do not delay its end. */
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
