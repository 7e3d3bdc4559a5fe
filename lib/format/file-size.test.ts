import { expect, test } from 'vitest';
import { formatFileSize } from '#lib/format/file-size';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [412_345, '412.3 kB'],
  [3_100_000_000, '3.1 GB'],
])('formatFileSize formats %d bytes as %j', (bytes, text) => {
  expect(formatFileSize(bytes)).toBe(text);
});
