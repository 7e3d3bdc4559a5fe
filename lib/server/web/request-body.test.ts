import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { abortSlowBody, CountedRequest, rejectLargeBody } from '#lib/server/web/request-body';

/** Reads the whole body, as Next does for a page, and answers with its length. */
let server: Server;
let sockets: Socket[];
/** The number of bytes that the server has read of all bodies. */
let received: number;
const reading = new EventEmitter();

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  sockets = [];
  received = 0;
  server = createServer({ IncomingMessage: CountedRequest }, async (request, response) => {
    abortSlowBody(request, response);
    if (rejectLargeBody(request, response)) return;
    let length = 0;
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      received += chunk.length;
      reading.emit('chunk');
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

/** Sends the head of a request and the first chunk of its body; resolves when the server has read that. */
async function begin(path: string, head: string, chunk = 'x'): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await send(socket, chunk, `POST ${path} HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
  return socket;
}

/** Sends a chunk of a body, and resolves when the server has read some of it. */
async function send(socket: Socket, chunk: string, head = ''): Promise<void> {
  const read = once(reading, 'chunk');
  socket.write(head + chunk);
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

test('abortSlowBody answers 408 and closes the connection when a body sends no byte for 15 s', async () => {
  const socket = await begin('/promotions', 'Content-Length: 100');
  const answer = answerOf(socket);
  vi.advanceTimersByTime(14_000);
  expect(await connections()).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(await answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  expect(await connections()).toBe(0);
});

test('abortSlowBody answers 408 after a minute when a body sends a byte every 10 s, for pages and for the API', async () => {
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

test('abortSlowBody accepts a body of 36 kB per second that takes longer than a minute', async () => {
  const chunk = 'x'.repeat(36_000 * 10);
  const socket = await begin('/v2/promotions', `Content-Length: ${chunk.length * 13}`, chunk);
  const answer = answerOf(socket);
  for (let n = 1; n < 13; n += 1) {
    while (received < n * chunk.length) await once(reading, 'chunk');
    vi.advanceTimersByTime(10_000);
    socket.write(chunk);
  }
  socket.end();
  expect(await answer).toMatch(new RegExp(`^HTTP/1\\.1 200 [^]*\\r\\n${chunk.length * 13}$`));
});

test.each([
  ['/sign-in', 16 * 1024],
  ['/promotions', 256 * 1024],
])('rejectLargeBody for %s accepts %d bytes and answers 413 to one byte more, announced or streamed', async (path, limit) => {
  expect(await (await post(path, 'x'.repeat(limit))).text()).toBe(String(limit));
  const announced = await post(path, 'x'.repeat(limit + 1));
  expect([announced.status, await announced.text()]).toEqual([413, `The body may have at most ${limit} bytes\n`]);
  const socket = await begin(path, 'Transfer-Encoding: chunked', `1\r\nx\r\n`);
  const answer = answerOf(socket);
  socket.write(`${limit.toString(16)}\r\n${'x'.repeat(limit)}\r\n`);
  expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
});

test('rejectLargeBody and abortSlowBody answer and close 60 connections that announce 10 MB to the sign-in page and then send nothing', async () => {
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
