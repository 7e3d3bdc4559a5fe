import { readFileSync } from 'node:fs';
import { bodyLimits } from './lib/http/body-limits.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

// What is hosted by oneself tells nobody else about itself.
process.env.NEXT_TELEMETRY_DISABLED ??= '1';

/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` and `npm run check` check types with the same compiler, once.
  typescript: { ignoreBuildErrors: true },
  env: { APP_VERSION: version },
  // There are no images to resize: the route that does it is off, and answers 404.
  images: { unoptimized: true },
  serverExternalPackages: ['@node-rs/argon2', 'hono', 'hono-openapi', 'pg', 'pg-boss', 'pino'],
  // The page had this address before 0.1.
  redirects: async () => [{ source: '/people', destination: '/users', permanent: true }],
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
    serverActions: { bodySizeLimit: bodyLimits.page },
    // Next holds the body of a request in memory while `proxy.ts` looks at it. lib/server/web/request-body.ts refuses a larger one before.
    proxyClientMaxBodySize: bodyLimits.page,
  },
};
