import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { allowsUpgrade, connectionOptions, limitConnections } from '#lib/server/web/connections';

const upgrade = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;

test('a production server answers 100 upgrade requests as plain requests and keeps no socket open', async () => {
  const upgraded = vi.fn();
  const server = createServer({ ...connectionOptions, shouldUpgradeCallback: allowsUpgrade(true) }, (_, response) => response.end('plain'));
  limitConnections(server);
  server.on('upgrade', upgraded);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(upgrade(['/_next/static/x', '/_next/webpack-hmr', '//x', '/%'][n % 4] ?? '/'));
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
      socket.destroy();
      await once(socket, 'close');
    }),
  );
  const open = () => new Promise((resolve, reject) => server.getConnections((error, n) => (error ? reject(error) : resolve(n))));
  await vi.waitFor(async () => expect(await open()).toBe(0));
  expect(upgraded).not.toHaveBeenCalled();
  server.close();
});

test('allowsUpgrade returns true in development, for the WebSocket of hot reloading', () => {
  expect(allowsUpgrade(false)()).toBe(true);
});
