import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { trackRequests } from '#lib/server/web/requests';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const one of cleanups.splice(0)) one();
});

async function serve(answer: RequestListener) {
  const server = createServer({ keepAliveTimeout: 60_000 }, answer);
  const requests = trackRequests(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const agent = new Agent({ keepAlive: true });
  cleanups.push(() => agent.destroy());
  const send = async () => {
    const [response]: IncomingMessage[] = await once(get({ port, host: '127.0.0.1', agent }), 'response');
    return response;
  };
  return { server, requests, port, send };
}

const textOf = async (response: IncomingMessage | undefined) => Buffer.concat((await response?.toArray()) ?? []).toString();

test('Requests.end waits for the rest of a response that has begun', async () => {
  let finish = () => {};
  const { requests, send } = await serve((_, response) => {
    response.write('first half, ');
    finish = () => response.end('second half');
  });
  const response = await send();
  const end = requests.end(60_000);
  finish();
  expect(await textOf(response)).toBe('first half, second half');
  await end;
});

test('Requests.end waits for a request without a response yet, and closes its connection', async () => {
  let onRequest = () => {};
  const arrived = new Promise<void>((resolve) => {
    onRequest = resolve;
  });
  let finish = () => {};
  const { requests, send } = await serve((_, response) => {
    finish = () => response.end('done');
    onRequest();
  });
  const response = send();
  await arrived;
  const end = requests.end(60_000);
  finish();
  expect((await response)?.headers.connection).toBe('close');
  expect(await textOf(await response)).toBe('done');
  await end;
});

test('Requests.end closes idle connections at once, before their first and after their last request', async () => {
  const { server, requests, port, send } = await serve((_, response) => response.end('done'));
  await textOf(await send());
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const closed = once(silent, 'close');
  await requests.end(60_000);
  await closed;
  expect(server.listening).toBe(false);
});

test('Requests.end rejects new connections', async () => {
  const { requests, send } = await serve((_, response) => response.end('done'));
  await requests.end(60_000);
  await expect(send()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('Requests.end closes the connection of a response that takes longer than its limit', async () => {
  const { requests, send } = await serve((_, response) => void response.write('never '));
  const response = await send();
  await requests.end(50);
  await expect(textOf(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
});
