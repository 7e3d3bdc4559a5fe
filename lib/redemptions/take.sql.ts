import { z } from 'zod';
import { secondsUntilFree } from '#lib/attempts.sql';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { periodOf } from '#lib/redemptions/key.sql';
import { packReference } from '#lib/redemptions/reference';
import { type RequestedCodes, refusal, requested, usesTaken } from '#lib/redemptions/refusal.sql';
import { addToCounts, noJob, ownSlot } from '#lib/redemptions/usages/counts.sql';
import { Prisma } from '#prisma/client';

export type Taking = RequestedCodes & { order?: string | undefined; holdSeconds?: number | undefined };

const takenRow = z.object({
  promotionNumber: z.int(),
  id: z.bigint(),
  codeId: z.bigint(),
  code: z.string(),
  promotionId: z.uuid(),
  quantity: z.int(),
  heldUntil: z.date().nullable(),
});

/** One code of a new redemption. */
export type TakenRow = z.output<typeof takenRow>;

/**
 * Takes the uses of those requested codes that can be used, in one statement: the conditional update of each limited code, the rows of
 * the redemption and the counts. Takes none while a counter of unknown codes has reached its limit. Returns the taken codes in the order
 * of the request; the caller rolls back when one is missing. A limited code is locked by its update. An unlimited code is only locked
 * against removal, so that its redemptions do not wait for each other.
 */
export async function takeUses(db: Db, taking: Taking): Promise<TakenRow[]> {
  const { codes, order, customer, holdSeconds = null } = taking;
  const several = codes.length > 1 || holdSeconds !== null;
  const counts = Prisma.sql`
    select number, case when unlimited then code_id else 0 end, coalesce(job_id, ${noJob}::uuid), ${periodOf(Prisma.sql`id`)}, ${ownSlot},
      sum(quantity), count(*)
    from taken`;
  const statement = Prisma.sql`
    with candidate as materialized (
      select a.place, c.promotion_id, c.id as code_id, c.code, c.job_id, c.max_uses is null as unlimited, p.number, ${usesTaken} as quantity
      from ${requested(taking)}
        join promotion_codes as c on lower(c.code) = a.folded
        join promotions as p on p.id = c.promotion_id and p.deleting_at is null
      where ${secondsUntilFree(taking.counters)} is null and ${refusal(taking, Prisma.sql`c.uses`)} is null
    ), limited as (
      update promotion_codes as c set uses = c.uses - k.quantity from candidate as k
      where not k.unlimited and c.promotion_id = k.promotion_id and c.id = k.code_id and c.uses >= k.quantity
      returning k.*
    ), unlimited as materialized (
      select k.* from candidate as k join promotion_codes as c on c.promotion_id = k.promotion_id and c.id = k.code_id
      where k.unlimited for key share of c
    ), taken as materialized (
      select *, next_redemption_id() as id from (select * from limited union all select * from unlimited) as both_kinds
    ), redeemed as (
      insert into redemptions (id, code_id, first_id, promotion_number, quantity, order_id, customer_id)
      select id, code_id, case when ${several} then first_value(id) over (order by place) end, number, quantity,
        ${packed(order)}::bytea, ${packed(customer)}::bytea
      from taken
    ), held as (
      insert into redemption_holds (id, expires_at)
      select id, statement_timestamp() + make_interval(secs => ${holdSeconds}::int) from taken
      where ${holdSeconds}::int is not null order by place limit 1
      returning expires_at
    ), counted as (
      ${addToCounts(counts)}
    )
    select number as "promotionNumber", id, code_id as "codeId", code, promotion_id as "promotionId", quantity,
      (select expires_at from held) as "heldUntil"
    from taken order by place`;
  return readRows(db, takenRow, statement);
}

function packed(text: string | undefined): Uint8Array<ArrayBuffer> | null {
  return text === undefined ? null : packReference(text);
}

/** Locks the requested codes in the order of their key, so that two redemptions of the same codes cannot wait for each other in a circle. */
export async function lockCodes(tx: Db, request: RequestedCodes): Promise<void> {
  await tx.$queryRaw`
    with known as materialized (
      select c.promotion_id, c.id from ${requested(request)} join promotion_codes as c on lower(c.code) = a.folded
    )
    select from promotion_codes as c join known using (promotion_id, id)
    where c.uses is not null order by c.promotion_id, c.id for no key update of c`;
}
