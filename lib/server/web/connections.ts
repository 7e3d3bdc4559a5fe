import type { Server, ServerOptions } from 'node:http';

/** As large as request headers may be: a token of 100 KB is answered like any that is none of ours. */
const maxHeaderBytes = 160 * 1024;

/**
 * How long and how many connections may be. The longest body (5 MB at 32 kB/s, `request-body.ts`) takes 164 s. Headers are
 * a few packets. Node looks at both every 30 s by default, which would add that much to the shorter one.
 */
export const connectionOptions = {
  maxHeaderSize: maxHeaderBytes,
  headersTimeout: 15_000,
  requestTimeout: 180_000,
  connectionsCheckingInterval: 5_000,
} satisfies ServerOptions;

/** A browser holds six connections, a reverse proxy a few dozen. With 256 KB of body each, 1,000 stay below the memory of a small server. */
const maxConnections = 1_000;

/** Settings that Node takes on a server only after it is created. */
export function limitConnections(server: Server): void {
  server.maxConnections = maxConnections;
}

/**
 * Whether a request may leave HTTP. In production no request may: Next would keep the socket open for ever. In
 * development the browser is told of changes through a websocket.
 */
export function takesUpgrade(production: boolean): () => boolean {
  return () => !production;
}
