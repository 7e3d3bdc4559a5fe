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
    ['a terminated statement', refusedWith('57014')],
    ['a deadlock', refusedWith('40P01')],
    ['a server that shuts down', refusedWith('57P01')],
    ['too many connections', refusedWith('53300')],
    ['a refused connection', failedWith('ECONNREFUSED')],
  ])('classify returns transient for %s', (_, error) => {
    expect(classify(error)).toEqual({ kind: 'transient' });
  });

  test.each([
    ['a promotion at its maximum', refusedWith('23514', 'promotions_codes_limit'), 'codes_limit_exceeded'],
    ['a full disk of the database', refusedWith('53100'), 'database_full'],
    ['a full export folder', failedWith('ENOSPC'), 'storage_full'],
    ['any other error', new Error('a bug'), 'internal'],
  ])('classify returns final with an error code for %s', (_, error, code) => {
    expect(classify(error)).toEqual({ kind: 'final', error: code });
  });
});
