import { readFileSync } from 'node:fs';

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
  serverExternalPackages: ['@node-rs/argon2', 'pg', 'pg-boss', 'pino'],
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
    serverActions: { bodySizeLimit: '256kb' },
  },
};
