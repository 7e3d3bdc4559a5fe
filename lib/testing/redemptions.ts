import { randomUUID } from 'node:crypto';
import { addCodes } from '#lib/codes/add';
import { addCodesInput } from '#lib/codes/schema';
import type { Database, Db } from '#lib/db';
import { seedPromotion } from '#lib/testing/seed';
import type { PromotionCreateInput } from '#prisma/models/Promotion';

const seeder = { id: randomUUID(), name: 'seed@example.com', role: 'merchandiser' } as const;

/** Creates a running promotion with one code. `given` is the code as in the API; `promotion` overrides fields of the promotion. */
export async function seedCode(db: Database, given: object = {}, promotion: Partial<PromotionCreateInput> = {}) {
  const { id, name } = await seedPromotion(db, promotion);
  const code = `CODE-${randomUUID().slice(0, 8)}`;
  await addCodes(db, seeder, id, addCodesInput.parse({ codes: [{ code, ...given }] }));
  return { promotionId: id, name, code };
}

/** The remaining uses of a code; null is unlimited. */
export async function usesLeft(db: Db, code: string): Promise<number | null> {
  return (await db.promotionCode.findFirstOrThrow({ where: { code }, select: { uses: true } })).uses;
}

/** Makes all holds expire at once. */
export async function endHolds(db: Db): Promise<void> {
  await db.$executeRaw`update redemption_holds set expires_at = clock_timestamp()`;
}

/** Codes whose uses differ from those of their redemptions, and unlimited codes and promotions with wrong counts. */
export async function wrongCounts(db: Db): Promise<unknown[]> {
  return db.$queryRaw<unknown[]>`
    with taken as (
      select promotion_number, code_id, sum(quantity - returned) as uses, count(*) filter (where returned < quantity) as usages
      from redemptions group by 1, 2
    ), counted as (select promotion_number, code_id, sum(used) as uses, sum(usages) as usages from redemption_counts group by 1, 2)
    select 'code' as what, c.code as name, c.max_uses - c.uses as counted, coalesce(t.uses, 0) as taken
      from promotion_codes as c left join taken as t on t.code_id = c.id where c.max_uses - c.uses <> coalesce(t.uses, 0)
    union all
    select 'unlimited code', c.code, coalesce(n.uses, 0), coalesce(t.uses, 0)
      from promotion_codes as c left join taken as t on t.code_id = c.id left join counted as n on n.code_id = c.id
      where c.max_uses is null and coalesce(n.uses, 0) <> coalesce(t.uses, 0)
    union all
    select 'promotion', p.name, coalesce(n.uses, 0), coalesce(t.uses, 0) from promotions as p
      left join (select promotion_number, sum(uses) as uses, sum(usages) as usages from counted group by 1) as n on n.promotion_number = p.number
      left join (select promotion_number, sum(uses) as uses, sum(usages) as usages from taken group by 1) as t on t.promotion_number = p.number
      where coalesce(n.uses, 0) <> coalesce(t.uses, 0) or coalesce(n.usages, 0) <> coalesce(t.usages, 0)`;
}
