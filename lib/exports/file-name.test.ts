import { expect, test } from 'vitest';
import { exportFileName } from '#lib/exports/file-name';

test.each([
  ['Newsletter welcome', 'Newsletter welcome codes 2026-11-23.csv'],
  ['Été 10 % – für alle', 'Été 10 % – für alle codes 2026-11-23.csv'],
  ['../../etc/passwd', 'etc passwd codes 2026-11-23.csv'],
  ['C:\\temp "now"\r\nSet-Cookie: a', 'C temp now Set-Cookie a codes 2026-11-23.csv'],
  ['gpj.\u202eexe', 'gpj. exe codes 2026-11-23.csv'],
  ['...', 'Promotion codes 2026-11-23.csv'],
  [`${'x'.repeat(96)}👩🏽‍🚀`, `${'x'.repeat(96)} codes 2026-11-23.csv`],
  ['x'.repeat(300), `${'x'.repeat(100)} codes 2026-11-23.csv`],
])('exportFileName returns for the promotion %j the name %j', (promotion, name) => {
  expect(exportFileName(promotion, new Date('2026-11-23T23:59:59Z'))).toBe(name);
});
