import pg from 'pg';
import { isUnreachable } from '#lib/unreachable';

/** What a worker should make of an error: `passing` comes back by itself, `final` ends the job with a reason. */
export type Fault = { kind: 'passing' } | { kind: 'final'; reason: string };

const storageReasons: Record<string, string> = {
  ENOSPC: 'The export folder is full. Free some space, then run the job again.',
  EDQUOT: 'The export folder is full. Free some space, then run the job again.',
  EROFS: 'The export folder is read-only. Make it writable, then run the job again.',
  EACCES: 'The export folder may not be written. Give Promint the right to, then run the job again.',
  EPERM: 'The export folder may not be written. Give Promint the right to, then run the job again.',
  ENOENT: 'The export folder is missing. Bring it back, then run the job again.',
  ENOTDIR: 'The export folder is not a folder. Check STORAGE_DIR, then run the job again.',
};

// A statement or a transaction that took too long, or that somebody ended: the next try may go well.
const endedStates = new Set(['57014', '55P03', '25P03', '25P04']);

/** Sorts an error of a job into {@link Fault}. */
export function classify(error: unknown): Fault {
  if (isUnreachable(error)) return { kind: 'passing' };
  if (error instanceof pg.DatabaseError && endedStates.has(error.code ?? '')) return { kind: 'passing' };
  if (error instanceof pg.DatabaseError) return { kind: 'final', reason: databaseReason(error) };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return {
    kind: 'final',
    reason: storageReasons[code] ?? 'Something went wrong inside Promint. Run the job again; if it fails again, the log has the details.',
  };
}

function databaseReason({ constraint, code }: pg.DatabaseError): string {
  if (constraint === 'promotions_codes_limit') return 'codes limit exceeded';
  if (constraint === 'promotions_automatic_without_codes') return 'Cannot add codes to an automatic promotion';
  if (code === '53100') return 'The database is out of disk space. Free some space, then run the job again.';
  return `The database refused (${code ?? 'no code'}). Run the job again; if it fails again, the log has the details.`;
}

/** The code, in lower case, that the database refused because the store has it already; null for any other error. */
export function takenCode(error: unknown): string | null {
  if (!(error instanceof pg.DatabaseError) || error.constraint !== 'promotion_codes_code_key') return null;
  // The words around it depend on the language of the database.
  return /=\((.*)\)/.exec(error.detail ?? '')?.[1] ?? '';
}
