import { Prisma } from '#prisma/client';

/** Uses of holds that have run out and that nobody has given back yet, by code: a part of a `with` that {@link usesLeft} reads. */
export const ranOut = Prisma.sql`ran_out as materialized (
  select r.code_id, sum(r.quantity - r.returned)::int as uses
  from redemption_holds as h join redemptions as r on r.first_id = h.id
  where h.expires_at <= statement_timestamp() group by r.code_id)`;

/** How many uses the code `c` has left at this moment, in a statement with {@link ranOut}. */
export const usesLeft = Prisma.sql`c.uses + coalesce((select ran_out.uses from ran_out where ran_out.code_id = c.id), 0)`;
