import { defineConfig } from 'prisma/config';

// `prisma generate` needs no engine, but its CLI requires one and would download it. With the path of any
// existing file, an installation needs only the package registry (docs/decisions/003).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
// Prisma would also send telemetry.
process.env.CHECKPOINT_DISABLE ??= '1';

export default defineConfig({ schema: 'prisma/schema.prisma' });
