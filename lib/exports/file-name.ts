import { shorten } from '#lib/input/text';

const maxNameLength = 100;

/** Returns the name of a downloaded file from the promotion and the day in UTC, without characters that are invalid in file names or misleading. */
export function exportFileName(promotionName: string, finishedAt: Date): string {
  const readable = promotionName
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+/, '');
  const name = shorten(readable, maxNameLength).trim();
  return `${name || 'Promotion'} codes ${finishedAt.toISOString().slice(0, 10)}.csv`;
}
