import { createServer } from 'node:http';
import next from 'next';
import { config } from '#lib/config';
import { db } from '#lib/db';
import { FileResponse } from '#lib/host/file-response';
import { answerOddRequest, maxHeaderBytes } from '#lib/host/odd-requests';
import { securityHeaders } from '#lib/host/security-headers';
import { log } from '#lib/log';
import { claimStorage } from '#lib/storage-owner';

/** The web process: Next behind Node's own server, which decides what a request may claim about itself. */
const { host, port, production, trustProxy, appUrl } = config();
// next-auth reads where it lives from here; without a fixed address it is wherever the browser found it.
if (appUrl) process.env.NEXTAUTH_URL = appUrl;
else process.env.AUTH_TRUST_HOST = 'true';

const app = next({ dev: !production, hostname: host, port, quiet: true });
const handle = app.getRequestHandler();
const everyAnswer = securityHeaders(appUrl);

const server = createServer({ ServerResponse: FileResponse, maxHeaderSize: maxHeaderBytes }, (request, response) => {
  delete request.headers['x-middleware-subrequest'];
  if (!trustProxy) {
    for (const header of ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded', 'x-real-ip'])
      delete request.headers[header];
    request.headers['x-forwarded-for'] = request.socket.remoteAddress ?? 'unknown';
  }
  for (const [name, value] of everyAnswer) response.setHeader(name, value);
  if (!answerOddRequest(request, response)) void handle(request, response);
});

async function stop(): Promise<void> {
  server.close();
  server.closeIdleConnections();
  // Downloads and polls in flight get a moment; Ctrl-C should not take longer.
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
  await app.close();
  process.exit(0);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// Whoever started this process is gone, even by SIGKILL: do not stay behind.
process.once('disconnect', stop);

await claimStorage(db());
await app.prepare();
server.listen(port, host, () => {
  log.debug({ port }, 'web server ready');
  process.send?.('ready');
});
