import { z } from 'zod';
import { type AttemptCounter, refuseFor, secondsUntilFree } from '#lib/attempts.sql';
import { foldCode } from '#lib/codes/fold';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { ranOut, usesLeft } from '#lib/redemptions/holds/uses-left.sql';
import { refusalReasons } from '#lib/redemptions/status';
import { Prisma } from '#prisma/client';
import { ConsumeUnit, PromotionType } from '#prisma/enums';

/** Codes that a customer wants to use, and the counters of unknown codes of their sender. */
export type RequestedCodes = {
  codes: readonly { code: string; quantity: number }[];
  customer?: string | undefined;
  counters: readonly AttemptCounter[];
};

/**
 * The requested codes as a table `a`: the folded code, the quantity and the place in the list. Not an array: PostgreSQL takes one for
 * ten rows, and then plans the statement anew at each call, which takes longer than to execute it.
 */
export function requested({ codes }: RequestedCodes): Prisma.Sql {
  const rows = codes.map(({ code, quantity }, place) => Prisma.sql`(${foldCode(code)}::text, ${quantity}::int, ${place}::int)`);
  return Prisma.sql`(values ${Prisma.join(rows)}) as a (folded, quantity, place)`;
}

/** How many uses the code `c` takes for the request `a`. */
export const usesTaken = Prisma.sql`case c.consume_unit when 'per_item' then a.quantity else 1 end`;

/**
 * Returns an SQL expression for the reason why the code `c` of the promotion `p` cannot be used for the request `a`, or null. The one
 * place of this rule, for checks and for redemptions. `left` is an expression for the uses that the code has left.
 */
export function refusal({ customer = null }: { customer?: string | null | undefined }, left: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`case
    when c.id is null then 'not_found'
    when not p.enabled then 'promotion_off'
    when p.start > statement_timestamp() then 'not_started'
    when p."end" <= statement_timestamp() then 'ended'
    when c."user" is not null and c."user" is distinct from ${customer}::text then 'other_customer'
    when cardinality(c.users) > 0 and (${customer}::text = any(c.users)) is not true then 'other_customer'
    when c.max_uses > 0 and ${left} < ${usesTaken} then 'used_up'
    when c.max_uses = 0 then 'unusable'
  end`;
}

const promotion = z.object({
  id: z.uuid(),
  name: z.string(),
  promotionType: z.enum(PromotionType),
  schema: z.json(),
  start: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  end: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  minCartValue: z.json(),
  maxDiscountValue: z.json(),
  maxApplicationsPerCart: z.int().nullable(),
});

const checkedCode = z.object({
  reason: z.enum(refusalReasons).nullable(),
  usesLeft: z.int().nullable(),
  maxUses: z.int().nullable(),
  consumeUnit: z.enum(ConsumeUnit).nullable(),
  promotion: promotion.nullable(),
});

/** A requested code: whether it can be used, and of which promotion it is. All but the reason is null for an unknown code. */
export type CheckedCode = z.output<typeof checkedCode>;

/**
 * Returns why each requested code cannot be used at this moment, in the order of the request. Writes nothing. Throws
 * `too_many_requests` while a counter has reached its limit.
 */
export async function checkCodes(db: Db, request: RequestedCodes): Promise<CheckedCode[]> {
  const statement = Prisma.sql`
    with ${ranOut}
    select ${secondsUntilFree(request.counters)} as "secondsUntilFree", ${refusal(request, usesLeft)} as reason, ${usesLeft} as "usesLeft", c.max_uses as "maxUses", c.consume_unit as "consumeUnit",
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'promotionType', p.promotion_type, 'schema', p.schema,
        'start', p.start, 'end', p."end", 'minCartValue', p.min_cart_value, 'maxDiscountValue', p.max_discount_value,
        'maxApplicationsPerCart', p.max_applications_per_cart) end as promotion
    from ${requested(request)}
      left join (promotion_codes as c join promotions as p on p.id = c.promotion_id and p.deleting_at is null) on lower(c.code) = a.folded
    order by a.place`;
  const rows = await readRows(db, checkedCode.extend({ secondsUntilFree: z.int().nullable() }), statement);
  refuseFor(rows[0]?.secondsUntilFree ?? null);
  return rows;
}
