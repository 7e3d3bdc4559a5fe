import { StatusBadge } from '#components/ui/StatusBadge.tsx';
import { timesUsed } from '#components/uses/labels.ts';
import type { CodeUse } from '#lib/redemptions/query';

/** Whether a code is unused, used or used up. Most codes of a list are unused, so that only the others have a badge. */
export function CodeUseBadge({ use: { used, state } }: { use: CodeUse }) {
  switch (state) {
    case 'unused':
      return 'Unused';
    case 'used':
      return <StatusBadge tone="good">{timesUsed(used)}</StatusBadge>;
    case 'used up':
      return <StatusBadge tone="quiet">Used up</StatusBadge>;
  }
}
