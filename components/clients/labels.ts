import type { Tone } from '#components/ui/StatusBadge.tsx';
import type { ClientState } from '#lib/clients/query';
import type { ClientRole } from '#prisma/enums';

/** What each role of a client is called, and what it means. */
export const roleLabels = {
  read: { title: 'Read', description: 'Sees promotions, jobs and codes' },
  redeem: { title: 'Redeem', description: 'Checks and redeems codes in a shop, and reads nothing else' },
  write: { title: 'Read and write', description: 'Creates promotions, codes and jobs and redeems codes as well' },
} as const satisfies Record<ClientRole, { title: string; description: string }>;

/** What each state is called, and its tone. */
export const stateLabels = {
  active: { label: 'Active', tone: 'good' },
  expired: { label: 'Expired', tone: 'waiting' },
  revoked: { label: 'Revoked', tone: 'quiet' },
} as const satisfies Record<ClientState, { label: string; tone: Tone }>;
