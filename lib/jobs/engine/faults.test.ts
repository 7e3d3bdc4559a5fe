import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { classify } from '#lib/jobs/engine/faults';

function refusedWith(code: string, constraint?: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code, constraint });
}

function failedWith(code: string): Error {
  return Object.assign(new Error('failed'), { code });
}

describe('a fault', () => {
  test.each([
    ['a statement that was ended', refusedWith('57014')],
    ['a circle of transactions', refusedWith('40P01')],
    ['a server that goes down', refusedWith('57P01')],
    ['no connection left', refusedWith('53300')],
    ['nobody at the address', failedWith('ECONNREFUSED')],
  ])('passes: %s', (_, error) => {
    expect(classify(error)).toEqual({ kind: 'passing' });
  });

  test.each([
    ['too many codes', refusedWith('23514', 'promotions_codes_limit'), 'codes limit exceeded'],
    ['a full disk of the database', refusedWith('53100'), /^The database is out of disk space\. Free some space/],
    ['a full disk of the exports', failedWith('ENOSPC'), /^The export folder is full\. Free some space/],
    ['anything else', new Error('a bug'), /^Something went wrong inside Promint\. Run the job again/],
  ])('ends the job and says what to do: %s', (_, error, reason) => {
    expect(classify(error)).toEqual({ kind: 'final', reason: expect.stringMatching(reason) });
  });
});
