import { describe, expect, test } from 'vitest';
import { waitingText } from '#components/jobs/details/waiting-text.ts';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';

const queue: QueuePosition = {
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
    ...{
      progress: { done: 0, total: 5 },
      removal: null,
      secondsLeft: null,
      secondsSilent: null,
      deleted: null,
      duplicatesAvoided: 0,
      unusedWithoutUses: false,
    },
    ...{
      retry: null,
      canCancel: true,
      canRerun: false,
      error: null,
      attempts: 0,
      interruptions: [],
      file: null,
      createdBy: 'me',
      createdAt: '',
      startedAt: null,
      finishedAt: null,
    },
    ...{ secondsWaited: 30, secondsWorked: null },
    ...given,
  };
}

const text = (given: Partial<JobRow>, state: Partial<QueuePosition> | null = {}) =>
  waitingText(job(given), state && { ...queue, ...state })?.replaceAll('\u00a0', ' ');

describe('the text of a pending job', () => {
  test.each([
    ['a', 'Next in the queue: “Export May” ends in about 40 s'],
    ['b', 'Position 2 in the queue: “Export May” ends in about 40 s'],
    ['f', 'Position 6 in the queue: “Export May” ends in about 40 s'],
  ])('states the queue position of job %s and the job that ends first', (id, expected) => {
    expect(text({ id })).toBe(expected);
  });

  test('names the large job that ends first when the pending job is large', () => {
    const settings = { numberOfCodes: 200_000, consumeUnit: 'per_cart', maxUsesPerCode: null, codeLength: 8, codePrefix: null } as const;
    expect(text({ settings, large: true })).toBe('Position 2 in the queue: “A million” ends in about 2 min 20 s');
  });

  test('gives a lower bound when the position is beyond the known part of the queue', () => {
    expect(text({ id: 'z' }, { more: true })).toBe('Behind more than 6 jobs: “Export May” ends in about 40 s');
  });

  test('states the last position for a job without a queue entry', () => {
    expect(text({ id: 'z' })).toMatch(/^Position 7 in the queue/);
  });

  test('states that all workers are busy when no running job has an estimate', () => {
    expect(text({}, { next: null })).toBe('Position 2 in the queue: all workers are busy');
  });

  test('gives no reason in the first moments after creation', () => {
    expect(text({ id: 'a', secondsWaited: 0.4 })).toBe('Next in the queue');
  });

  test('states that no worker is running', () => {
    expect(text({}, { workers: false })).toBe('No worker is running, so this job cannot start. Tell the person who runs Promint.');
  });
});

describe('the text of a started job', () => {
  test('is absent while its run sends heartbeats', () => {
    expect(text({ status: 'processing', secondsSilent: 1 }, null)).toBeUndefined();
  });

  test('states that the job was interrupted and when it continues', () => {
    const interrupted = { status: 'processing', secondsSilent: 7 } as const;
    expect(text({ ...interrupted, id: 'a' })).toBe('Interrupted. Next in the queue');
    expect(text({ ...interrupted, id: 'z' })).toBe('Interrupted. Another worker continues in a moment');
    expect(text(interrupted, { workers: false })).toBe(
      'Interrupted, and no worker is running to continue. Tell the person who runs Promint.',
    );
  });
});

test('waitingText is absent for a job that has ended', () => {
  expect(text({ status: 'completed' })).toBeUndefined();
});
