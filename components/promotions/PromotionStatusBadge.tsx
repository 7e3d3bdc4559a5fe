import { StatusBadge, type Tone } from '#components/ui/StatusBadge.tsx';
import type { PromotionStatus } from '#lib/promotions/status';

/** What each status is called, and its tone. */
export const statusBadges = {
  running: { label: 'Running', tone: 'good' },
  scheduled: { label: 'Scheduled', tone: 'waiting' },
  ended: { label: 'Ended', tone: 'quiet' },
  off: { label: 'Off', tone: 'quiet' },
} as const satisfies Record<PromotionStatus, { label: string; tone: Tone }>;

export function PromotionStatusBadge({ status }: { status: PromotionStatus }) {
  const { label, tone } = statusBadges[status];
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}
