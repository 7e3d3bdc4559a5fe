import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { chromium, type LaunchOptions } from 'playwright/test';

/** Returns the first browser that exists: Playwright's, Debian's, or the one of an npm package that needs no further download. */
export async function findBrowser(): Promise<LaunchOptions> {
  // Chromium's sandbox does not run under root, as in most containers.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  for (const executablePath of [chromium.executablePath(), '/usr/bin/chromium']) {
    if (existsSync(executablePath)) return { executablePath, args };
  }
  const executablePath = await sparticuz.executablePath();
  const env = { ...process.env, FONTCONFIG_FILE: writeFontConfig() };
  return { executablePath, args: [...args, '--headless=shell', '--font-render-hinting=none'], env };
}

/** Writes a font configuration for the npm package: its own one names a fixed folder, and without fonts the browser crashes. */
function writeFontConfig(): string {
  const file = join(tmpdir(), 'promint-fonts.conf');
  const [own, cache] = [join(tmpdir(), 'fonts'), join(tmpdir(), 'fonts-cache')];
  const system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  writeFileSync(file, `<fontconfig>${system}<dir>${own}</dir><cachedir>${cache}</cachedir></fontconfig>`);
  return file;
}
