import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { publicId, type RedemptionKey, readPublicId } from '#lib/redemptions/key';
import { type RedemptionRow, readByKeys } from '#lib/redemptions/rows.sql';
import type { AnonymizeInput } from '#lib/redemptions/schema';
import { forgetCustomers, readKeysOfCustomer } from '#lib/redemptions/usages/anonymize.sql';
import type { Actor } from '#lib/users/permissions';

/**
 * Removes the customer from usages; the counts stay. A repetition changes nothing. Returns the usages, and the ids that are of none: those
 * do not keep the others from being anonymized.
 */
export function anonymizeUsages(
  db: Db,
  actor: Actor,
  { usage_ids = [], customer }: AnonymizeInput,
): Promise<{ rows: RedemptionRow[]; unknown: string[] }> {
  return transaction(
    db,
    async (tx) => {
      const named = usage_ids.map((id) => readPublicId(id)).filter((key) => key !== null);
      const ofCustomer = customer === undefined ? [] : await readKeysOfCustomer(tx, customer);
      const found = await forgetCustomers(tx, actor.name, unique([...named, ...ofCustomer]));
      const known = new Set(found.map(publicId));
      return { rows: await readByKeys(tx, found), unknown: usage_ids.filter((id) => !known.has(id.toLowerCase())) };
    },
    { timeout: 60_000 },
  );
}

function unique(keys: readonly RedemptionKey[]): RedemptionKey[] {
  return [...new Map(keys.map((key) => [publicId(key), key])).values()];
}
