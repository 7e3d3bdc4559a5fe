import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { classify } from '#lib/jobs/engine/faults';

function refusedWith(code: string, constraint?: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code, constraint });
}

function failedWith(code: string): Error {
  return Object.assign(new Error('failed'), { code });
}

describe('classify', () => {
  test.each([
    ['a statement that was ended', refusedWith('57014')],
    ['a circle of transactions', refusedWith('40P01')],
    ['a server that goes down', refusedWith('57P01')],
    ['no connection left', refusedWith('53300')],
    ['nobody at the address', failedWith('ECONNREFUSED')],
  ])('classify treats this error as passing: %s', (_, error) => {
    expect(classify(error)).toEqual({ kind: 'passing' });
  });

  test.each([
    ['a promotion at its maximum', refusedWith('23514', 'promotions_codes_limit'), 'codes_limit_exceeded'],
    ['a full disk of the database', refusedWith('53100'), 'database_full'],
    ['a full export folder', failedWith('ENOSPC'), 'storage_full'],
    ['any other error', new Error('a bug'), 'internal'],
  ])('classify treats this error as final, with an error code: %s', (_, error, code) => {
    expect(classify(error)).toEqual({ kind: 'final', error: code });
  });
});
