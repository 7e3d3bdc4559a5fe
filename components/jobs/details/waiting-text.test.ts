import { describe, expect, test } from 'vitest';
import { waitingText } from '#components/jobs/details/waiting-text.ts';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';

const queuePosition: QueuePosition = {
  ids: ['a', 'b', 'c', 'd', 'e', 'f'],
  more: false,
  workers: true,
  running: 2,
  next: { name: 'Export May', secondsLeft: 40.4 },
  nextLarge: { name: 'A million', secondsLeft: 140 },
};

function job(given: Partial<JobRow>): JobRow {
  return {
    ...{
      id: 'b',
      promotionId: 'p',
      promotionName: 'May',
      capacity: 0,
      name: null,
      jobType: 'code_export',
      large: false,
      status: 'pending',
      settings: null,
    },
    ...{ progress: { done: 0, total: 5 }, removal: null, secondsLeft: null, secondsSilent: null, deleted: null, duplicatesAvoided: 0 },
    ...{ error: null, attempts: 0, interruptions: [], file: null, createdBy: 'me', createdAt: '', startedAt: null, finishedAt: null },
    ...{ secondsWaited: 30, secondsWorked: null },
    ...given,
  };
}

const words = (given: Partial<JobRow>, at: Partial<QueuePosition> | null = {}) =>
  waitingText(job(given), at && { ...queuePosition, ...at })?.replaceAll('\u00a0', ' ');

describe('a pending job', () => {
  test.each([
    ['a', 'Next in line: “Export May” ends in about 40 s'],
    ['b', 'Second in line: “Export May” ends in about 40 s'],
    ['f', 'Number 6 in line: “Export May” ends in about 40 s'],
  ])('says its place and what has to end first (%s)', (id, said) => {
    expect(words({ id })).toBe(said);
  });

  test('of many codes says which other one of many has to end', () => {
    const settings = { numberOfCodes: 200_000, consumeUnit: 'per_cart', maxUsesPerCode: null, codeLength: 8, codePrefix: null } as const;
    expect(words({ settings, large: true })).toBe('Second in line: “A million” ends in about 2 min 20 s');
  });

  test('behind more jobs than are told says so', () => {
    expect(words({ id: 'z' }, { more: true })).toBe('Behind more than 6 jobs: “Export May” ends in about 40 s');
  });

  test('whose place in the queue was lost is last', () => {
    expect(words({ id: 'z' })).toMatch(/^Number 7 in line/);
  });

  test('waits for the workers when nobody knows which of them ends next', () => {
    expect(words({}, { next: null })).toBe('Second in line: all workers are busy');
  });

  test('that was asked for this moment gives no reason yet', () => {
    expect(words({ id: 'a', secondsWaited: 0.4 })).toBe('Next in line');
  });

  test('says plainly that nobody takes jobs up', () => {
    expect(words({}, { workers: false })).toBe('No worker is running, so it does not start. Tell whoever hosts Promint.');
  });
});

describe('a job that was begun', () => {
  test('needs no word while its run shows signs of life', () => {
    expect(words({ status: 'processing', secondsSilent: 1 }, null)).toBeUndefined();
  });

  test('and was left says that it goes on, and when', () => {
    const left = { status: 'processing', secondsSilent: 7 } as const;
    expect(words({ ...left, id: 'a' })).toBe('Interrupted. Next in line to go on');
    expect(words({ ...left, id: 'z' })).toBe('Interrupted. Another worker goes on with it in a moment');
    expect(words(left, { workers: false })).toBe('Interrupted, and no worker is running to go on. Tell whoever hosts Promint.');
  });
});

test('a job that is over waits for nothing', () => {
  expect(words({ status: 'completed' })).toBeUndefined();
});
