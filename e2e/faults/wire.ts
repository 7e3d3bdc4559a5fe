import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy between a process and the database, for doing to them what networks do. */
export type Wire = {
  /** `databaseUrl` by way of it. */
  databaseUrl: string;
  /** Holds everything back for so long, both ways. */
  delay(ms: number): void;
  /** Ends all connections at once; new ones are let through. */
  cut(): void;
  /** From now on nothing comes through and nobody is told. */
  swallow(): void;
  /** The same as soon as the process is in the middle of sending so much that only a COPY is. */
  swallowInCopy(): Promise<void>;
  /** New connections work again; those that were swallowed stay dumb for ever. */
  heal(): void;
  close(): Promise<void>;
};

// Statements of a job are hundreds of bytes, a batch of codes is megabytes and comes in pieces.
const longerThanStatements = 16_384;

export async function startWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const dumb = new WeakSet<Socket>();
  let delayMs = 0;
  let swallowing = false;
  let inCopy: (() => void) | undefined;

  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    pass(near, far);
    pass(far, near);
  });

  function pass(from: Socket, to: Socket): void {
    sockets.add(from);
    if (swallowing) dumb.add(from);
    from.on('data', (chunk: Buffer) => {
      if (dumb.has(from)) return;
      if (delayMs > 0) setTimeout(() => to.write(chunk), delayMs);
      else to.write(chunk);
      if (chunk.length > longerThanStatements) inCopy?.();
    });
    from.on('error', () => {});
    from.once('close', () => {
      sockets.delete(from);
      if (!dumb.has(from)) to.destroy();
    });
  }

  const swallow = () => {
    swallowing = true;
    for (const socket of sockets) dumb.add(socket);
  };
  const cut = () => {
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
    cut,
    swallow,
    swallowInCopy() {
      return new Promise((resolve) => {
        inCopy = () => {
          inCopy = undefined;
          swallow();
          resolve();
        };
      });
    },
    heal() {
      swallowing = false;
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
