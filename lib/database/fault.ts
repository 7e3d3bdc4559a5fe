import pg from 'pg';
import { z } from 'zod';
import { DomainError } from '#lib/errors';
import { Prisma } from '#prisma/client';

/**
 * A temporary fault of the database, after which the same call may succeed: `unreachable` when it does not answer, is starting or has
 * no free connection; `slow` when it or its operator cancelled a statement that took too long; `contended` when it rolled back one of
 * two conflicting transactions.
 */
export type DatabaseFault = 'unreachable' | 'slow' | 'contended';

// SQLSTATEs: deadlock, serialization failure, lock not available.
const contendedStates = /^(40P01|40001|55P03)$/;
// Connection lost or refused, server stopping or starting, too many connections.
const unreachableStates = /^(08...|57P0[1-5]|53300)$/;
// Statement cancelled; session ended because its transaction was idle or took too long.
const slowStates = /^(57014|25P03|25P04)$/;
const unreachableErrnos = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);
// pg sets no code on these errors.
const unreachableMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;
const unreachablePrismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024']);
const unreachableKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);

const driverError = z.object({
  driverAdapterError: z.object({ cause: z.object({ kind: z.string(), originalCode: z.string().optional() }) }),
});
const expiredTransaction = z.object({ timeout: z.number() });

/** The database fault that caused an error; null when the error has another cause. */
export function databaseFault(error: unknown): DatabaseFault | null {
  if (error instanceof pg.DatabaseError) return faultOfState(error.code ?? '');
  if (error instanceof Prisma.PrismaClientKnownRequestError) return faultOfPrismaError(error);
  if (!(error instanceof Error)) return null;
  const lost = 'code' in error && typeof error.code === 'string' && unreachableErrnos.has(error.code);
  return lost || unreachableMessages.test(error.message) ? 'unreachable' : null;
}

function faultOfState(state: string): DatabaseFault | null {
  if (contendedStates.test(state)) return 'contended';
  if (unreachableStates.test(state)) return 'unreachable';
  return slowStates.test(state) ? 'slow' : null;
}

function faultOfPrismaError({ code, meta }: Prisma.PrismaClientKnownRequestError): DatabaseFault | null {
  if (code === 'P2034') return 'contended';
  // Either no connection became free in time, or the transaction exceeded its timeout. Only the latter has the timeout in its metadata.
  if (code === 'P2028') return expiredTransaction.safeParse(meta).success ? 'slow' : 'unreachable';
  if (unreachablePrismaCodes.has(code)) return 'unreachable';
  const cause = driverError.safeParse(meta).data?.driverAdapterError.cause;
  if (!cause) return null;
  if (cause.kind === 'TransactionWriteConflict') return 'contended';
  return unreachableKinds.has(cause.kind) ? 'unreachable' : faultOfState(cause.originalCode ?? '');
}

/** The refusal for a database fault; null for any other error. */
export function databaseRefusal(error: unknown): DomainError | null {
  const fault = databaseFault(error);
  switch (fault) {
    case 'unreachable':
      return new DomainError('unavailable', 'The database cannot be reached at the moment').retryAfter(2);
    case 'slow':
      return new DomainError('unavailable', 'The database took too long to answer').retryAfter(2);
    case 'contended':
      return conflictingChange();
    case null:
      return null;
  }
}

/** The refusal after the database has rolled back a transaction because another one changed the same data. */
export function conflictingChange(): DomainError {
  return new DomainError('conflict', 'Somebody else changed the same data at the same time. Nothing was changed. Try again.');
}
