import { readFile, writeFile } from 'node:fs/promises';
import { breakingChanges } from '#lib/api/openapi/compatibility';
import { openApiDocument } from '#lib/api/openapi/document';
import type { OpenApiDocument } from '#lib/api/openapi/document-schema';

// `npm run openapi` writes the released API to docs/openapi.json. A test checks later changes against this file.
const file = 'docs/openapi.json';
const current = await openApiDocument('https://codes.example.com');
const released: OpenApiDocument | null = await readFile(file, 'utf8').then(JSON.parse, () => null);
const problems = released ? breakingChanges(released, current) : [];

if (problems.length > 0 && !process.argv.includes('--break')) {
  console.error(`These changes break existing clients. Use --break to release them:\n${problems.join('\n')}`);
  process.exitCode = 1;
} else {
  await writeFile(file, `${JSON.stringify(current, null, 2)}\n`);
  console.log(`${file} contains version ${current.info.version}.`);
}
