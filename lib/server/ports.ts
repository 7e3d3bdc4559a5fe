import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { StartupError } from '#lib/server/startup-error';

/** Returns a port on 127.0.0.1 that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, 0, '127.0.0.1');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new StartupError('No port is free on 127.0.0.1.');
  return address.port;
}

/** Throws {@link StartupError} when this process cannot listen on the port. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const server = createServer();
  await listen(server, port, host);
  await new Promise((resolve) => server.close(resolve));
}

/** Starts a server on a port. Throws {@link StartupError} when the port is in use or this user may not open it. */
export async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE')
      throw new StartupError(`Port ${port} is in use: stop the program that uses it, or set PORT to another port.`);
    if (code === 'EACCES') throw new StartupError(`This user may not listen on port ${port}: set PORT to 1024 or higher.`);
    throw error;
  }
}
