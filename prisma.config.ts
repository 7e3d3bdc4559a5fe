import { defineConfig } from 'prisma/config';

// `prisma generate` needs no engine, yet its CLI insists on one and would download it. Naming any
// existing file keeps an installation to the package registry alone (docs/decisions/003).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
// It would also tell its makers about every installation.
process.env.CHECKPOINT_DISABLE ??= '1';

export default defineConfig({ schema: 'prisma/schema.prisma' });
