import type { PoolClient } from 'pg';

/**
 * Runs `step` in a transaction and commits its result. Rolls back when `step` returns null: the statement that checks the run token
 * changed no row, so the job no longer belongs to the run.
 */
export async function fencedTransaction<T>(client: PoolClient, step: () => Promise<T | null>): Promise<T | null> {
  await client.query('begin');
  try {
    const result = await step();
    await client.query(result === null ? 'rollback' : 'commit');
    return result;
  } catch (error) {
    // The connection may be closed already, which ends its transaction as well.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** Locks a promotion before its codes, as the lock order of lib/database/transaction.ts requires. */
export async function lockPromotionFirst(client: PoolClient, promotionId: string): Promise<void> {
  await client.query('select from promotions where id = $1 for no key update', [promotionId]);
}
