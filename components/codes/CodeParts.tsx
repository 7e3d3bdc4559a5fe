import { jobHref } from '#components/codes/hrefs.ts';
import { jobInWords, usesInWords } from '#components/codes/labels.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { CopyText } from '#components/ui/CopyText.tsx';
import table from '#components/ui/ListTable.module.css';
import { StatusBadge, type Tone } from '#components/ui/StatusBadge.tsx';
import type { CodeRow } from '#lib/codes/query';
import type { CodeStatus, Uses } from '#lib/codes/status';
import classes from './codes.module.css';

/** The code itself, to read aloud and to copy. */
export function CodeText({ code, user }: { code: string; user?: string | null }) {
  return (
    <div>
      <div className={classes.code}>
        <span className={classes.letters}>{code}</span>
        <CopyText text={code} what={code} />
      </div>
      {user && <span className={classes.under}>only for {user}</span>}
    </div>
  );
}

/** How often the code can still be used; what ends its use stands out. */
export function UsesLeft(uses: Uses) {
  const words = usesInWords(uses);
  if (uses.maxUses === 0) return <StatusBadge tone="bad">{words}</StatusBadge>;
  if (uses.usesLeft === 0) return <StatusBadge tone="quiet">{words}</StatusBadge>;
  return <span className={uses.maxUses === null ? table.quiet : undefined}>{words}</span>;
}

/** The batch a code came from. */
export function CodeJob({ promotionId, job }: Pick<CodeRow, 'promotionId' | 'job'>) {
  if (!job) return <span className={`${table.quiet} ${classes.line}`}>by hand</span>;
  return (
    <AnchorLink href={jobHref(promotionId, job.id)} prefetch={false} size="sm" className={table.wrapped}>
      {jobInWords(job)}
    </AnchorLink>
  );
}

const statusBadges = {
  usable: { label: 'Can be used', tone: 'good' },
  'used up': { label: 'Used up', tone: 'quiet' },
  'not for use': { label: 'Cannot be used', tone: 'bad' },
  scheduled: { label: 'Not yet: promotion scheduled', tone: 'waiting' },
  ended: { label: 'No more: promotion ended', tone: 'quiet' },
  off: { label: 'Promotion is off', tone: 'quiet' },
} as const satisfies Record<CodeStatus, { label: string; tone: Tone }>;

/** Whether a customer can use the code at this moment, and else why not. */
export function CodeStatusBadge({ status }: { status: CodeStatus }) {
  const { label, tone } = statusBadges[status];
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}
