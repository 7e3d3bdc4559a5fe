import { expect, test } from 'vitest';
import { promotionStatus } from '#lib/promotions/status';

const [before, now, after] = [new Date('2026-05-01'), new Date('2026-05-02'), new Date('2026-05-03')];

test.each([
  ['running', { enabled: true, start: before, end: after }],
  ['running', { enabled: true, start: now, end: after }],
  ['scheduled', { enabled: true, start: after, end: new Date('2026-06-01') }],
  ['ended', { enabled: true, start: before, end: now }],
  ['ended', { enabled: false, start: before, end: now }],
  ['off', { enabled: false, start: before, end: after }],
] as const)('a promotion is %s: %j', (status, promotion) => {
  expect(promotionStatus(promotion, now)).toBe(status);
});
