import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { StartupError } from '#lib/server/startup-error';

/** A free port on this machine. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, 0, '127.0.0.1');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new StartupError('No free port was found on 127.0.0.1.');
  return address.port;
}

/** Throws {@link StartupError} when no server can listen on the port. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const server = createServer();
  await listen(server, port, host);
  await new Promise((resolve) => server.close(resolve));
}

/** Lets a server listen. Throws {@link StartupError} when the port is in use or needs more rights. */
export async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE') throw new StartupError(`Port ${port} is in use: stop what listens there, or set PORT to another one.`);
    if (code === 'EACCES') throw new StartupError(`Port ${port} needs more rights than this user has: set PORT to 1024 or above.`);
    throw error;
  }
}
