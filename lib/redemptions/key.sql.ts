import { firstMs, minutesPerPeriod, sequenceBits } from '#lib/redemptions/key';
import { Prisma } from '#prisma/client';

const shift = Prisma.raw(String(sequenceBits));
const msPerPeriod = minutesPerPeriod * 60_000;

/** The time of a redemption in milliseconds since 1970; `id` is an SQL expression. */
export function msOf(id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`((${id} >> ${shift}) + ${firstMs}::bigint)`;
}

/** The period of `redemption_counts` that `id`, an SQL expression, falls in. */
export function periodOf(id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${msOf(id)} / ${msPerPeriod}::bigint)::int`;
}
