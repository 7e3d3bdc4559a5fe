import pg from 'pg';

/** What a worker should make of an error: `passing` comes back by itself, `final` ends the job with a reason. */
export type Fault = { kind: 'passing' } | { kind: 'final'; reason: string };

// Connection lost or refused, server stopping or starting, too many connections, deadlock, serialization.
const passingStates = /^(08...|57P0[1-5]|53300|40P01|40001)$/;
const passingErrnos = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);
const lostConnection = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

const storageReasons: Record<string, string> = {
  ENOSPC: 'The export folder is full. Free some space, then run the job again.',
  EDQUOT: 'The export folder is full. Free some space, then run the job again.',
  EROFS: 'The export folder is read-only. Make it writable, then run the job again.',
  EACCES: 'The export folder may not be written. Give Promint the right to, then run the job again.',
  EPERM: 'The export folder may not be written. Give Promint the right to, then run the job again.',
  ENOENT: 'The export folder is missing. Bring it back, then run the job again.',
  ENOTDIR: 'The export folder is not a folder. Check STORAGE_DIR, then run the job again.',
};

/** Sorts an error of a job into {@link Fault}. By code wherever there is one; `pg` gives lost connections none. */
export function classify(error: unknown): Fault {
  if (error instanceof pg.DatabaseError) return databaseFault(error);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    if (passingErrnos.has(error.code)) return { kind: 'passing' };
    const reason = storageReasons[error.code];
    if (reason) return { kind: 'final', reason };
  }
  if (error instanceof Error && lostConnection.test(error.message)) return { kind: 'passing' };
  return { kind: 'final', reason: 'Something went wrong inside Promint. Run the job again; if it fails again, the log has the details.' };
}

function databaseFault(error: pg.DatabaseError): Fault {
  if (error.constraint === 'promotions_codes_limit') return { kind: 'final', reason: 'codes limit exceeded' };
  if (error.constraint === 'promotions_automatic_without_codes')
    return { kind: 'final', reason: 'Cannot add codes to an automatic promotion' };
  if (error.code === '53100')
    return { kind: 'final', reason: 'The database is out of disk space. Free some space, then run the job again.' };
  if (error.code && passingStates.test(error.code)) return { kind: 'passing' };
  return {
    kind: 'final',
    reason: `The database refused (${error.code ?? 'no code'}). Run the job again; if it fails again, the log has the details.`,
  };
}

/** Whether the database refused a code that the store has already. */
export function isTakenCode(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.constraint === 'promotion_codes_code_key';
}
