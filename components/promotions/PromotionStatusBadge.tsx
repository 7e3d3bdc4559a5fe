import { StatusBadge, type Tone } from '#components/ui/StatusBadge.tsx';
import type { PromotionStatus } from '#lib/promotions/status';

/** The label and the color of each status. */
export const statusBadges = {
  running: { label: 'Running', tone: 'good' },
  scheduled: { label: 'Scheduled', tone: 'waiting' },
  ended: { label: 'Ended', tone: 'quiet' },
  off: { label: 'Off', tone: 'quiet' },
} as const satisfies Record<PromotionStatus, { label: string; tone: Tone }>;

/** The status of a promotion as a badge. */
export function PromotionStatusBadge({ status }: { status: PromotionStatus }) {
  const { label, tone } = statusBadges[status];
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}
