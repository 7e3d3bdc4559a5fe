import type { Db } from '#lib/db';
import type { Actor } from '#lib/users/permissions';

/** The number of codes that a call added to a promotion or removed from it. */
export type CodesChange = { promotionId: string } & ({ added: number } | { removed: number });

/** Adds a version for changed codes to the history of a promotion. The promotion must be locked. */
export async function recordCodesChange(tx: Db, actor: Actor, change: CodesChange): Promise<void> {
  const codes = 'added' in change ? change.added : -change.removed;
  await tx.$executeRaw`
    insert into promotion_versions (promotion_id, version, fields, codes, snapshot, created_by)
    select id, (select max(version) from promotion_versions where promotion_id = p.id) + 1, '{codes}', ${codes},
      to_jsonb(p) - 'code_count' - 'job_count' - 'deleting_at', ${actor.name}
    from promotions as p where id = ${change.promotionId}::uuid`;
}
