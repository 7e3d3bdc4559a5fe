import { readFileSync } from 'node:fs';
import { bodyLimits } from './lib/http/body-limits.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

// A self-hosted product sends no telemetry.
process.env.NEXT_TELEMETRY_DISABLED ??= '1';

/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` and `npm run check` check the types.
  typescript: { ignoreBuildErrors: true },
  env: { APP_VERSION: version },
  // There are no images to resize, so the route that resizes them is off and answers 404.
  images: { unoptimized: true },
  serverExternalPackages: ['@node-rs/argon2', '@scalar/fastify-api-reference', 'fastify', 'hono', 'hono-openapi', 'pg', 'pg-boss', 'pino'],
  // The former address of the page.
  redirects: async () => [{ source: '/people', destination: '/users', permanent: true }],
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
    serverActions: { bodySizeLimit: bodyLimits.page },
    // Next keeps the body of a request in memory for `proxy.ts`. lib/server/web/request-body.ts refuses larger bodies before that.
    proxyClientMaxBodySize: bodyLimits.page,
  },
};
