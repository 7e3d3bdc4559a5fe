import { StatusBadge } from '#components/ui/StatusBadge.tsx';
import { codeUseBadge } from '#components/uses/labels.ts';
import type { CodeUse } from '#lib/redemptions/query';

/** Whether a code is unused, used or used up. */
export function CodeUseBadge({ use }: { use: CodeUse }) {
  const { label, tone } = codeUseBadge(use);
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}
