import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Settings of a process that loads one of the modules in `preload/` first, which bends what is under it. */
export function preload(
  name: 'seeded-codes' | 'few-codes' | 'wrong-clock' | 'broken-folder' | 'unanswered' | 'resources',
): Record<string, string> {
  const module = pathToFileURL(join(import.meta.dirname, 'preload', `${name}.ts`)).href;
  return { NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${module}` };
}
