import Bowser from 'bowser';

/** The browser and operating system of a User-Agent header, such as `Firefox on Linux`. Browsers can claim anything. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown browser';
  const { browser, os } = Bowser.parse(userAgent);
  return [browser.name || 'Unknown browser', os.name].filter(Boolean).join(' on ');
}
