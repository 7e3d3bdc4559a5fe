import { shorten } from '#lib/input/text';

const maxNameLength = 100;

/** The name of a downloaded file: the promotion and the day (UTC), without characters that file systems or readers have trouble with. */
export function exportFileName(promotionName: string, finishedAt: Date): string {
  const readable = promotionName
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+/, '');
  const name = shorten(readable, maxNameLength).trim();
  return `${name || 'Promotion'} codes ${finishedAt.toISOString().slice(0, 10)}.csv`;
}
