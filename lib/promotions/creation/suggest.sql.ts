import { z } from 'zod';
import { databaseNow } from '#lib/database/clock.sql';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/** The initial values of a new promotion: the current minute and the currency that was used last. */
export async function suggestPromotion(db: Db): Promise<{ currency: string; start: string }> {
  const start = await databaseNow(db);
  start.setUTCSeconds(0, 0);
  const [last] = await readRows(
    db,
    z.object({ currency: z.string() }),
    Prisma.sql`
    select schema #>> '{currencies,0,currency}' as currency from promotions
    where schema #>> '{currencies,0,currency}' ~ '^[A-Z]{3}$' order by created_at desc limit 1`,
  );
  return { currency: last?.currency ?? 'USD', start: start.toISOString() };
}
