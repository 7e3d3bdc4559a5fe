import { existsSync, writeFileSync } from 'node:fs';
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
  const env = { ...process.env, FONTCONFIG_FILE: describeFonts() };
  return { executablePath, args: [...args, '--headless=shell', '--font-render-hinting=none'], env };
}

/** That package brings fonts, but describes them for one folder only; without any font its browser ends at the first letter. */
function describeFonts(): string {
  const file = join(tmpdir(), 'promint-fonts.conf');
  const [own, cache] = [join(tmpdir(), 'fonts'), join(tmpdir(), 'fonts-cache')];
  const system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  writeFileSync(file, `<fontconfig>${system}<dir>${own}</dir><cachedir>${cache}</cachedir></fontconfig>`);
  return file;
}
