import type { Tone } from '#components/ui/StatusBadge.tsx';
import type { ClientState } from '#lib/clients/query';
import type { ClientRole } from '#prisma/enums';

/** The labels and descriptions of a client's roles. */
export const roleLabels = {
  read: { title: 'Read', description: 'Can view promotions, jobs and codes' },
  redeem: { title: 'Redeem', description: 'For a shop: can only check and redeem codes, and give uses back' },
  write: { title: 'Read and write', description: 'Can also create promotions, codes and jobs, and redeem codes' },
} as const satisfies Record<ClientRole, { title: string; description: string }>;

/** The labels and tones of a client's states. */
export const stateLabels = {
  active: { label: 'Active', tone: 'good' },
  expired: { label: 'Expired', tone: 'waiting' },
  revoked: { label: 'Revoked', tone: 'quiet' },
} as const satisfies Record<ClientState, { label: string; tone: Tone }>;
