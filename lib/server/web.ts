import '#lib/server/processes/begin';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import next from 'next';
import { config, required } from '#lib/config';
import { db, pool } from '#lib/db';
import { log } from '#lib/log';
import { printAsLog } from '#lib/server/output';
import { listen } from '#lib/server/ports';
import { onShutdown } from '#lib/server/processes/shutdown';
import { answerApi } from '#lib/server/web/api';
import { allowsUpgrade, connectionOptions, limitConnections } from '#lib/server/web/connections';
import { FileResponse } from '#lib/server/web/file-response';
import { createHealth } from '#lib/server/web/health';
import { normalizeRequest } from '#lib/server/web/normalize-request';
import { normalizeProxyHeaders, proxyWarning } from '#lib/server/web/proxy-headers';
import { abortSlowBody, CountedRequest, rejectLargeBody } from '#lib/server/web/request-body';
import { requestsEndWithinMs, trackRequests } from '#lib/server/web/requests';
import { securityHeaders } from '#lib/server/web/security-headers';
import { claimStorage } from '#lib/storage-owner';

/** The web process: a Node HTTP server that checks and normalizes each request, and passes page requests to Next. */
const { host, port, production, trustedProxies, appUrl, shutdownDelaySeconds } = config();
required('databaseUrl');
required('appSecret');
if (production) printAsLog();
// next-auth reads its own address from these variables. Without APP_URL it uses the host of each request.
if (appUrl) process.env.NEXTAUTH_URL = appUrl;
else process.env.AUTH_TRUST_HOST = 'true';

// With `quiet`, Next would not log the errors of pages.
const app = next({ dev: !production, hostname: host, port, quiet: !production });
const handle = app.getRequestHandler();
const health = createHealth(pool());
const warnings = new Set<string>();

const classes = { IncomingMessage: CountedRequest, ServerResponse: FileResponse<CountedRequest> };
const server = createServer({ ...connectionOptions, ...classes, shouldUpgradeCallback: allowsUpgrade(production) }, (request, response) => {
  delete request.headers['x-middleware-subrequest'];
  warnOnce(proxyWarning(request.headers, { trustedProxies, appUrl }));
  normalizeProxyHeaders(request.headers, request.socket.remoteAddress, { trustedProxies, appUrl });
  const https = request.headers['x-forwarded-proto'] === 'https';
  for (const [name, value] of securityHeaders(https)) response.setHeader(name, value);
  abortSlowBody(request, response);
  if (health.answer(request, response) || normalizeRequest(request, response) || rejectLargeBody(request, response)) return;
  // In development Next also serves the API, because Next reloads changed files.
  if (production && answerApi(request, response)) return;
  void handle(request, response);
});
limitConnections(server);

function warnOnce(warning: string | null): void {
  if (warning === null || warnings.has(warning)) return;
  warnings.add(warning);
  log.warn(warning);
}

const requests = trackRequests(server);

onShutdown(async () => {
  health.shutDown();
  await delay(shutdownDelaySeconds * 1000);
  await requests.end(requestsEndWithinMs);
  await app.close();
  process.exit(0);
});

await claimStorage(db());
await app.prepare();
await listen(server, port, host);
log.debug({ port }, 'web server ready');
process.send?.('ready');
