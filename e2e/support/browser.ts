import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { chromium, type LaunchOptions } from 'playwright/test';

/** Playwright's own browser where it is installed, else Debian's, else the one of a package that needs no download of its own. */
export async function findBrowser(): Promise<LaunchOptions> {
  // The sandbox refuses to run as root, as it does in most containers.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  for (const executablePath of [chromium.executablePath(), '/usr/bin/chromium']) {
    if (existsSync(executablePath)) return { executablePath, args };
  }
  const executablePath = await sparticuz.executablePath();
  // That package brings its fonts too; a machine without a browser may have none.
  const env = { FONTCONFIG_PATH: join(tmpdir(), 'fonts'), ...process.env };
  return { executablePath, args: [...args, '--headless=shell', '--font-render-hinting=none'], env };
}
