import Bowser from 'bowser';

/** What a User-Agent header says in words: `Firefox on Linux`. It is whatever the browser claims. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return 'Unknown browser';
  const { browser, os } = Bowser.parse(userAgent);
  return [browser.name || 'Unknown browser', os.name].filter(Boolean).join(' on ');
}
