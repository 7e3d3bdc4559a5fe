import { IconFileSpreadsheet, IconTicket, IconTicketOff, IconTrash } from '@tabler/icons-react';
import type { JobType } from '#prisma/enums';

const icons = {
  code_generate: IconTicket,
  code_export: IconFileSpreadsheet,
  code_remove: IconTicketOff,
  promotion_delete: IconTrash,
} as const satisfies Record<JobType, unknown>;

/** The icon of a type of job. The name of the type is always next to it. */
export function JobIcon({ jobType, className }: { jobType: JobType; className?: string }) {
  const Icon = icons[jobType];
  return <Icon size={18} stroke={1.7} className={className} aria-hidden="true" />;
}
