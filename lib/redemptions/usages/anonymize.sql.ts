import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import type { RedemptionKey } from '#lib/redemptions/key';
import { packReference } from '#lib/redemptions/reference';
import { Prisma } from '#prisma/client';

const keyRow = z.object({ promotionNumber: z.int(), id: z.bigint() });

/** The redemptions of a customer. Reads the whole table: an index of customers would cost every redemption, and few customers ask. */
export function readKeysOfCustomer(db: Db, customer: string): Promise<RedemptionKey[]> {
  return readRows(
    db,
    keyRow,
    Prisma.sql`select promotion_number as "promotionNumber", id from redemptions where customer_id = ${packReference(customer)}`,
  );
}

/** Removes the customer from these rows, and nothing else: their uses still count. Returns those of `keys` that exist. */
export function forgetCustomers(tx: Db, by: string, keys: readonly RedemptionKey[]): Promise<RedemptionKey[]> {
  const numbers = keys.map(({ promotionNumber }) => promotionNumber);
  const ids = keys.map(({ id }) => id);
  return readRows(
    tx,
    keyRow,
    Prisma.sql`
      with named as materialized (
        select r.promotion_number, r.id, r.customer_id from unnest(${numbers}::int[], ${ids}::bigint[]) as k (promotion_number, id)
          join redemptions as r on r.promotion_number = k.promotion_number and r.id = k.id
      ), locked as materialized (
        select r.promotion_number, r.id from redemptions as r
        where (r.promotion_number, r.id) in (select promotion_number, id from named)
        order by r.promotion_number, r.id for no key update
      ), forgotten as (
        update redemptions as r set customer_id = null from locked as l
        where r.promotion_number = l.promotion_number and r.id = l.id and r.customer_id is not null
      ), recorded as (
        insert into redemption_changes (promotion_number, id, updated_at, updated_by, anonymized)
        select promotion_number, id, statement_timestamp(), ${by}::text, true from locked order by 1, 2
        on conflict (promotion_number, id) do update set updated_at = excluded.updated_at, updated_by = excluded.updated_by, anonymized = true
        where not redemption_changes.anonymized
      )
      select promotion_number as "promotionNumber", id from named`,
  );
}
