import type { Server, ServerOptions } from 'node:http';

/** The maximum size of request headers. With it even a token of 100 KB gets the usual answer to an invalid token. */
const maxHeaderBytes = 160 * 1024;

/**
 * Time limits for requests. The slowest accepted body (5 MB at 32 kB/s, `request-body.ts`) needs 164 s; headers fit into a few
 * packets. Node checks the limits every 30 s by default, which would extend the limit for headers by as much.
 */
export const connectionOptions = {
  maxHeaderSize: maxHeaderBytes,
  headersTimeout: 15_000,
  requestTimeout: 180_000,
  connectionsCheckingInterval: 5_000,
} satisfies ServerOptions;

/** A browser opens six connections, a reverse proxy a few dozen. 1,000 connections with 256 KB of body each fit into the memory of a small server. */
const maxConnections = 1_000;

/** Sets the limits that Node accepts only on an existing server. */
export function limitConnections(server: Server): void {
  server.maxConnections = maxConnections;
}

/**
 * Returns a callback that is true when a request may upgrade its connection. In production no request may, because Next would keep
 * the socket open permanently. In development hot reloading uses a WebSocket.
 */
export function allowsUpgrade(production: boolean): () => boolean {
  return () => !production;
}
