import { StatusBadge, type Tone } from '#components/ui/StatusBadge.tsx';
import type { JobStatus } from '#prisma/enums';

/** What each state is called, and how it looks. */
export const statusBadges = {
  pending: { label: 'Pending', tone: 'waiting' },
  processing: { label: 'Processing', tone: 'busy' },
  cancelling: { label: 'Cancelling', tone: 'busy' },
  completed: { label: 'Completed', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
} as const satisfies Record<JobStatus, { label: string; tone: Tone }>;

export function JobStatusBadge({ status }: { status: JobStatus }) {
  const { label, tone } = statusBadges[status];
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}
