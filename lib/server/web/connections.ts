import type { Server, ServerOptions } from 'node:http';

/** The maximum size of request headers: a token of 100 KB gets the same answer as any invalid one. */
const maxHeaderBytes = 160 * 1024;

/**
 * Limits for the duration and number of connections. The longest body (5 MB at 32 kB/s, `request-body.ts`) takes 164 s. Headers are
 * a few packets. Node checks both every 30 s by default, which would add that time to the shorter limit.
 */
export const connectionOptions = {
  maxHeaderSize: maxHeaderBytes,
  headersTimeout: 15_000,
  requestTimeout: 180_000,
  connectionsCheckingInterval: 5_000,
} satisfies ServerOptions;

/** A browser holds six connections, a reverse proxy a few dozen. With 256 KB of body each, 1,000 stay below the memory of a small server. */
const maxConnections = 1_000;

/** Settings that a Node server has only after its creation. */
export function limitConnections(server: Server): void {
  server.maxConnections = maxConnections;
}

/**
 * True when a request may upgrade to another protocol. In production none may, because Next would keep the socket open. In
 * development, hot reload uses a websocket.
 */
export function takesUpgrade(production: boolean): () => boolean {
  return () => !production;
}
