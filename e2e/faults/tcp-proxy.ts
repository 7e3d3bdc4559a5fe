import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy between a process and the database that simulates network faults. */
export type TcpProxy = {
  /** The database URL with the address of the proxy. */
  databaseUrl: string;
  /** Delays all data in both directions by `ms`. */
  delay(ms: number): void;
  /** Closes all connections. New connections work. */
  disconnect(): void;
  /** Drops all data from now on and leaves the connections open. */
  drop(): void;
  /** Starts to drop all data as soon as the process is in the middle of a COPY. */
  dropDuringCopy(): Promise<void>;
  /** New connections work again. Connections that dropped data never recover. */
  restore(): void;
  close(): Promise<void>;
};

// The statements of a job have a few hundred bytes. A COPY of codes has megabytes and arrives in large chunks.
const copyChunkBytes = 16_384;

export async function startTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const dropped = new WeakSet<Socket>();
  let delayMs = 0;
  let dropping = false;
  let onCopy: (() => void) | undefined;

  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    pass(near, far);
    pass(far, near);
  });

  function pass(from: Socket, to: Socket): void {
    sockets.add(from);
    if (dropping) dropped.add(from);
    from.on('data', (chunk: Buffer) => {
      if (dropped.has(from)) return;
      if (delayMs > 0) setTimeout(() => to.write(chunk), delayMs);
      else to.write(chunk);
      if (chunk.length > copyChunkBytes) onCopy?.();
    });
    from.on('error', () => {});
    from.once('close', () => {
      sockets.delete(from);
      if (!dropped.has(from)) to.destroy();
    });
  }

  const drop = () => {
    dropping = true;
    for (const socket of sockets) dropped.add(socket);
  };
  const disconnect = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const near = new URL(databaseUrl);
  near.port = String(typeof address === 'object' ? address?.port : '');
  return {
    databaseUrl: near.href,
    delay(ms) {
      delayMs = ms;
    },
    disconnect,
    drop,
    dropDuringCopy() {
      return new Promise((resolve) => {
        onCopy = () => {
          onCopy = undefined;
          drop();
          resolve();
        };
      });
    },
    restore() {
      dropping = false;
    },
    async close() {
      disconnect();
      server.close();
      await once(server, 'close');
    },
  };
}
