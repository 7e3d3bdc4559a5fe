/** A row of `redemptions`. The number of the promotion comes first, so that the primary key lists the uses of a promotion by time. */
export type RedemptionKey = { promotionNumber: number; id: bigint };

// As in the function next_redemption_id of the migration.
export const firstMs = Date.UTC(2026, 0, 1);
export const sequenceBits = 20;

/** The time of a redemption. The database put it into the id, by its own clock. */
export function redeemedAt(id: bigint): Date {
  return new Date(Number(id >> BigInt(sequenceBits)) + firstMs);
}

/** The lowest id that a redemption at this time can have. */
export function firstIdAt(time: Date): bigint {
  return BigInt(Math.max(0, time.getTime() - firstMs)) << BigInt(sequenceBits);
}

export const minutesPerPeriod = 15;
const shape = /^([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{3})-8([0-9a-f]{3})-([0-9a-f]{6})000000$/i;
const largestId = 2n ** 63n - 1n;
const largestNumber = 2 ** 31 - 1;

/** The id that clients see: the key in the form of a UUID, version 8. */
export function publicId({ promotionNumber, id }: RedemptionKey): string {
  const number = promotionNumber.toString(16).padStart(8, '0');
  const digits = id.toString(16).padStart(16, '0');
  return `${number}-${digits.slice(0, 4)}-8${digits.slice(4, 7)}-8${digits.slice(7, 10)}-${digits.slice(10)}000000`;
}

/** The key of {@link publicId}; null for a text that cannot be one. */
export function readPublicId(text: string): RedemptionKey | null {
  const [matched, number = '', ...digits] = shape.exec(text) ?? [];
  if (!matched) return null;
  const key = { promotionNumber: Number.parseInt(number, 16), id: BigInt(`0x${digits.join('')}`) };
  return key.promotionNumber <= largestNumber && key.id <= largestId ? key : null;
}
