import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Returns the environment variables that make a process load a module of `preload/` first. Each module replaces a built-in of Node. */
export function preload(
  name: 'predictable-codes' | 'small-code-space' | 'wrong-clock' | 'failing-folder' | 'kill-before-response' | 'resource-usage',
): Record<string, string> {
  const module = pathToFileURL(join(import.meta.dirname, 'preload', `${name}.ts`)).href;
  return { NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${module}` };
}
