import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import type { RedemptionKey } from '#lib/redemptions/key';
import { unpackReference } from '#lib/redemptions/reference';
import { Prisma } from '#prisma/client';

const reference = z.instanceof(Uint8Array).transform(unpackReference).nullable();

const row = z.object({
  promotionNumber: z.int(),
  id: z.bigint(),
  firstId: z.bigint().nullable(),
  codeId: z.bigint(),
  quantity: z.int(),
  returned: z.int(),
  order: reference,
  customer: reference,
  updatedAt: z.date().nullable(),
  updatedBy: z.string().nullable(),
  anonymized: z.boolean(),
  expired: z.boolean(),
  code: z.string(),
  promotionId: z.uuid(),
  heldUntil: z.date().nullable(),
});

/** The uses of one code in one redemption. Those of a hold that has run out count as given back. */
export type RedemptionRow = z.output<typeof row>;

const ranOut = Prisma.sql`coalesce(h.expires_at <= statement_timestamp(), false)`;

const columns = Prisma.sql`
  r.promotion_number as "promotionNumber", r.id, r.first_id as "firstId", r.code_id as "codeId", r.quantity,
  case when ${ranOut} then r.quantity else r.returned end as returned,
  r.order_id as "order", r.customer_id as customer, case when ${ranOut} then h.expires_at else g.updated_at end as "updatedAt",
  g.updated_by as "updatedBy", coalesce(g.anonymized, false) as anonymized, coalesce(g.expired, false) or ${ranOut} as expired,
  coalesce(c.code, removed.code) as code, coalesce(p.id, removed.promotion_id) as "promotionId",
  case when not ${ranOut} then h.expires_at end as "heldUntil"`;

/** Reads the redemptions that `chosen`, a table of `promotion_number`, `id` and `place`, names, in the order of `place`. */
export async function readChosen(db: Db, chosen: Prisma.Sql): Promise<RedemptionRow[]> {
  const statement = Prisma.sql`
    select ${columns}
    from (${chosen}) as chosen
      join redemptions as r on r.promotion_number = chosen.promotion_number and r.id = chosen.id
      left join promotions as p on p.number = r.promotion_number
      left join promotion_codes as c on c.promotion_id = p.id and c.id = r.code_id
      left join removed_codes as removed on removed.id = r.code_id
      left join redemption_changes as g on g.promotion_number = r.promotion_number and g.id = r.id
      left join redemption_holds as h on h.id = r.first_id
    order by chosen.place`;
  return readRows(db, row, statement);
}

/** The rows of a redemption in the order of its codes; none when there is no such redemption. */
export function readRedemption(db: Db, { promotionNumber, id }: RedemptionKey): Promise<RedemptionRow[]> {
  return readChosen(
    db,
    Prisma.sql`
      select promotion_number, id, id as place from redemptions
      where promotion_number = ${promotionNumber} and id = ${id} and coalesce(first_id, id) = id
      union select r.promotion_number, r.id, r.id from redemptions as f join redemptions as r on r.first_id = f.first_id
      where f.promotion_number = ${promotionNumber} and f.id = ${id} and f.first_id = ${id}`,
  );
}

/** Reads rows by their keys, the newest first. */
export function readByKeys(db: Db, keys: readonly RedemptionKey[]): Promise<RedemptionRow[]> {
  const numbers = keys.map(({ promotionNumber }) => promotionNumber);
  const ids = keys.map(({ id }) => id);
  return readChosen(
    db,
    Prisma.sql`select promotion_number, id, -id as place from unnest(${numbers}::int[], ${ids}::bigint[]) as k (promotion_number, id)`,
  );
}
