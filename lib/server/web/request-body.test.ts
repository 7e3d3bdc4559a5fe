import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerLargeBody, CountedRequest, giveUpSlowBody } from '#lib/server/web/request-body';

/** Reads the whole body, as Next does for a page, and answers with its length. */
let server: Server;
let sockets: Socket[];
/** The number of bytes read of all bodies, and the callbacks that wait for it. */
let received: number;
const reading = new EventEmitter();

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  sockets = [];
  received = 0;
  server = createServer({ IncomingMessage: CountedRequest }, async (request, response) => {
    giveUpSlowBody(request, response);
    if (answerLargeBody(request, response)) return;
    let length = 0;
    request.on('error', () => {});
    request.on('data', (part: Buffer) => {
      length += part.length;
      received += part.length;
      reading.emit('part');
    });
    request.on('end', () => response.end(String(length)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

/** Sends the head of a request and the first part of its body; resolves when the server has read that. */
async function begin(path: string, head: string, part = 'x'): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await send(socket, part, `POST ${path} HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
  return socket;
}

/** Sends a part of a body, and resolves when the server has read some of it. */
async function send(socket: Socket, part: string, head = ''): Promise<void> {
  const read = once(reading, 'part');
  socket.write(head + part);
  await read;
}

async function answerOf(socket: Socket): Promise<string> {
  const parts = await socket.toArray();
  return Buffer.concat(parts).toString();
}

const connections = () =>
  new Promise<number>((resolve, reject) => server.getConnections((error, n) => (error ? reject(error) : resolve(n))));
const post = (path: string, body: BodyInit) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    method: 'POST',
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });

test('a body without a byte for 15 seconds is answered with 408', async () => {
  const socket = await begin('/promotions', 'Content-Length: 100');
  const answer = answerOf(socket);
  vi.advanceTimersByTime(14_000);
  expect(await connections()).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(await answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  expect(await connections()).toBe(0);
});

test('a body that is too slow is answered with 408 after a minute, on a page and at a door', async () => {
  for (const path of ['/promotions', '/v2/promotions']) {
    const socket = await begin(path, 'Content-Length: 100');
    const answer = answerOf(socket);
    for (let second = 0; second < 60; second += 10) {
      await send(socket, 'x');
      vi.advanceTimersByTime(10_000);
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  }
});

test('a body of 36 kB per second is read to its end', async () => {
  const part = 'x'.repeat(36_000 * 10);
  const socket = await begin('/v2/promotions', `Content-Length: ${part.length * 13}`, part);
  const answer = answerOf(socket);
  for (let n = 1; n < 13; n += 1) {
    while (received < n * part.length) await once(reading, 'part');
    vi.advanceTimersByTime(10_000);
    socket.write(part);
  }
  socket.end();
  expect(await answer).toMatch(new RegExp(`^HTTP/1\\.1 200 [^]*\\r\\n${part.length * 13}$`));
});

test.each([
  ['/sign-in', 16 * 1024],
  ['/promotions', 256 * 1024],
])('%s accepts %d bytes, and rejects one more when announced and when received', async (path, most) => {
  expect(await (await post(path, 'x'.repeat(most))).text()).toBe(String(most));
  const announced = await post(path, 'x'.repeat(most + 1));
  expect([announced.status, await announced.text()]).toEqual([413, `The body may have at most ${most} bytes\n`]);
  const socket = await begin(path, 'Transfer-Encoding: chunked', `1\r\nx\r\n`);
  const answer = answerOf(socket);
  socket.write(`${most.toString(16)}\r\n${'x'.repeat(most)}\r\n`);
  expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
});

test('60 connections that announce 10 MB to the sign-in page and send nothing more are answered and closed', async () => {
  const head = 'POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n';
  const { port } = server.address() as AddressInfo;
  const answers = Array.from({ length: 60 }, () => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.write(head + 'x'.repeat(100_000));
    return { answered: once(socket, 'data'), closed: once(socket, 'close') };
  });
  for (const { answered } of answers) expect(String(await answered)).toMatch(/^HTTP\/1\.1 413 /);
  vi.advanceTimersByTime(17_000);
  await Promise.all(answers.map(({ closed }) => closed));
  expect(await connections()).toBe(0);
});
