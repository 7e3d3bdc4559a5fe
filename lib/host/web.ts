import { createServer } from 'node:http';
import next from 'next';
import { config } from '#lib/config';
import { db } from '#lib/db';
import { FileResponse } from '#lib/host/file-response';
import { answerOddRequest, maxHeaderBytes } from '#lib/host/odd-requests';
import { proxyWarning, settleProxyHeaders } from '#lib/host/proxy-headers';
import { securityHeaders } from '#lib/host/security-headers';
import { log } from '#lib/log';
import { claimStorage } from '#lib/storage-owner';

/** The web process: Next behind Node's own server, which decides what a request may claim about itself. */
const { host, port, production, trustedProxies, appUrl } = config();
// next-auth reads where it lives from here; without a fixed address it is wherever the browser found it.
if (appUrl) process.env.NEXTAUTH_URL = appUrl;
else process.env.AUTH_TRUST_HOST = 'true';

const app = next({ dev: !production, hostname: host, port, quiet: true });
const handle = app.getRequestHandler();
const warnings = new Set<string>();

const server = createServer({ ServerResponse: FileResponse, maxHeaderSize: maxHeaderBytes }, (request, response) => {
  delete request.headers['x-middleware-subrequest'];
  warnOnce(proxyWarning(request.headers, { trustedProxies, appUrl }));
  settleProxyHeaders(request.headers, request.socket.remoteAddress, { trustedProxies, appUrl });
  const https = request.headers['x-forwarded-proto'] === 'https';
  for (const [name, value] of securityHeaders(https)) response.setHeader(name, value);
  if (!answerOddRequest(request, response)) void handle(request, response);
});

function warnOnce(warning: string | null): void {
  if (warning === null || warnings.has(warning)) return;
  warnings.add(warning);
  log.warn(warning);
}

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
