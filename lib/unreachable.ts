import pg from 'pg';
import { z } from 'zod';
import { Prisma } from '#prisma/client';

// Connection lost or refused, server stopping or starting, too many connections, deadlock, serialization.
const passingStates = /^(08...|57P0[1-5]|53300|40P01|40001)$/;
const passingErrnos = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);
// pg gives these no code.
const passingMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;
// P2028: no connection of the pool came free in time.
const passingPrismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']);
const passingKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
]);

const driverError = z.object({
  driverAdapterError: z.object({ cause: z.object({ kind: z.string(), originalCode: z.string().optional() }) }),
});

/** Whether the database is only away, busy or starting, so that the same call may go well in a moment. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return passingStates.test(error.code ?? '');
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (passingPrismaCodes.has(error.code)) return true;
    const cause = driverError.safeParse(error.meta).data?.driverAdapterError.cause;
    return cause !== undefined && (passingKinds.has(cause.kind) || passingStates.test(cause.originalCode ?? ''));
  }
  if (!(error instanceof Error)) return false;
  return ('code' in error && typeof error.code === 'string' && passingErrnos.has(error.code)) || passingMessages.test(error.message);
}
