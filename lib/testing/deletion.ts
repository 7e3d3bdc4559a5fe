import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/db';
import { deletePromotion } from '#lib/promotions/deletion/delete';
import { promotionLimits } from '#lib/promotions/schema';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';

export type Deletion = { promotionId: string; name: string; jobId: string; prefix: string; codes: number };

/**
 * A promotion whose deletion has begun, with one code more than can be deleted at once (`prefix-1` and so on). `prepare` runs before
 * the deletion.
 */
export async function seedDeletion(
  db: Database,
  actor: Actor,
  prepare: (promotionId: string) => Promise<unknown> = async () => {},
): Promise<Deletion> {
  const codes = promotionLimits.codesDeletedAtOnce + 1;
  const { id: promotionId, name } = await seedPromotion(db, { maxCodes: 1_000_000 });
  const prefix = randomUUID();
  await seedCodes(db, { id: promotionId }, codes, prefix);
  await prepare(promotionId);
  const { job_id } = await deletePromotion(db, actor, { promotionId });
  if (job_id === null) throw new Error('the promotion was deleted at once');
  return { promotionId, name, jobId: job_id, prefix, codes };
}
