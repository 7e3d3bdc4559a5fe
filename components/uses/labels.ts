import type { Tone } from '#components/ui/StatusBadge.tsx';
import { formatNumber } from '#lib/format/number';
import type { ListedRedemption } from '#lib/redemptions/query';
import type { RedemptionStatus } from '#lib/redemptions/status';

/** Formats how often something was used: `Used once`, `Used 3 times`. */
export function timesUsed(used: number): string {
  return used === 1 ? 'Used once' : `Used ${formatNumber(used)} times`;
}

const statusBadges = {
  held: { label: 'Held', tone: 'busy' },
  redeemed: { label: 'Redeemed', tone: 'good' },
  rolled_back: { label: 'Given back', tone: 'quiet' },
  expired: { label: 'Hold ran out', tone: 'quiet' },
} as const satisfies Record<RedemptionStatus, { label: string; tone: Tone }>;

/** The label and tone of a redemption. */
export function redemptionBadge({ status, quantity, returned }: ListedRedemption): { label: string; tone: Tone } {
  if (returned > 0 && returned < quantity)
    return { label: `${formatNumber(returned)} of ${formatNumber(quantity)} given back`, tone: 'good' };
  return statusBadges[status];
}
