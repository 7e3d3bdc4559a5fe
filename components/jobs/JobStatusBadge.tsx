import { StatusBadge, type Tone } from '#components/ui/StatusBadge.tsx';
import type { JobStatus } from '#prisma/enums';

/** The label and the color of each status. */
export const statusBadges = {
  pending: { label: 'Pending', tone: 'waiting' },
  processing: { label: 'Processing', tone: 'busy' },
  cancelling: { label: 'Cancelling', tone: 'busy' },
  completed: { label: 'Completed', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
} as const satisfies Record<JobStatus, { label: string; tone: Tone }>;

/** The status of a job as a badge. */
export function JobStatusBadge({ status }: { status: JobStatus }) {
  const { label, tone } = statusBadges[status];
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}
