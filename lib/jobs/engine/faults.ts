import pg from 'pg';
import { databaseFault } from '#lib/database/fault';
import type { JobError } from '#prisma/enums';

/** The class of an error: the worker retries after a `transient` one, and a `final` one ends the job as failed. */
export type Fault = { kind: 'transient' } | { kind: 'final'; error: JobError };

const storageErrors: Record<string, JobError> = {
  ENOSPC: 'storage_full',
  EDQUOT: 'storage_full',
  EROFS: 'storage_read_only',
  EACCES: 'storage_forbidden',
  EPERM: 'storage_forbidden',
  ENOENT: 'storage_missing',
  ENOTDIR: 'storage_not_a_folder',
};

const databaseFullState = '53100';

/** Classifies an error of a job as a {@link Fault}. */
export function classify(error: unknown): Fault {
  if (databaseFault(error)) return { kind: 'transient' };
  if (error instanceof pg.DatabaseError) return { kind: 'final', error: databaseError(error) };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { kind: 'final', error: storageErrors[code] ?? 'internal' };
}

function databaseError({ constraint, code }: pg.DatabaseError): JobError {
  if (constraint === 'promotions_codes_limit') return 'codes_limit_exceeded';
  if (constraint === 'promotions_automatic_without_codes') return 'automatic_promotion';
  return code === databaseFullState ? 'database_full' : 'database_refused';
}

/** Returns the lower-case code that the unique index rejected because it already exists, or null for any other error. */
export function conflictingCode(error: unknown): string | null {
  if (!(error instanceof pg.DatabaseError) || error.constraint !== 'promotion_codes_code_key') return null;
  // The text around the code depends on the language setting of the database.
  return /=\((.*)\)/.exec(error.detail ?? '')?.[1] ?? '';
}
