import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { trackRequests } from '#lib/server/web/requests';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

async function serve(answer: RequestListener) {
  const server = createServer({ keepAliveTimeout: 60_000 }, answer);
  const requests = trackRequests(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const agent = new Agent({ keepAlive: true });
  undo.push(() => agent.destroy());
  const ask = async () => {
    const [response]: IncomingMessage[] = await once(get({ port, host: '127.0.0.1', agent }), 'response');
    return response;
  };
  return { server, requests, port, ask };
}

const textOf = async (response: IncomingMessage | undefined) => Buffer.concat((await response?.toArray()) ?? []).toString();

test('a stopping server completes an answer that has begun', async () => {
  let goOn = () => {};
  const { requests, ask } = await serve((_, response) => {
    response.write('first half, ');
    goOn = () => response.end('second half');
  });
  const response = await ask();
  const end = requests.end(60_000);
  goOn();
  expect(await textOf(response)).toBe('first half, second half');
  await end;
});

test('a stopping server answers a request in progress and closes its connection', async () => {
  let asked = () => {};
  const arrived = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let goOn = () => {};
  const { requests, ask } = await serve((_, response) => {
    goOn = () => response.end('done');
    asked();
  });
  const response = ask();
  await arrived;
  const end = requests.end(60_000);
  goOn();
  expect((await response)?.headers.connection).toBe('close');
  expect(await textOf(await response)).toBe('done');
  await end;
});

test('a stopping server closes idle connections at once', async () => {
  const { server, requests, port, ask } = await serve((_, response) => response.end('done'));
  await textOf(await ask());
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const closed = once(silent, 'close');
  await requests.end(60_000);
  await closed;
  expect(server.listening).toBe(false);
});

test('a stopping server accepts no connections', async () => {
  const { requests, ask } = await serve((_, response) => response.end('done'));
  await requests.end(60_000);
  await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a stopping server closes the connection of an answer that takes too long', async () => {
  const { requests, ask } = await serve((_, response) => void response.write('never '));
  const response = await ask();
  await requests.end(50);
  await expect(textOf(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
});
