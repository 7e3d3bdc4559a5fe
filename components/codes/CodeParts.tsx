import { jobHref } from '#components/codes/hrefs.ts';
import { jobLabel, usesText } from '#components/codes/labels.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { CopyText } from '#components/ui/CopyText.tsx';
import table from '#components/ui/ListTable.module.css';
import { StatusBadge, type Tone } from '#components/ui/StatusBadge.tsx';
import type { CodeRow } from '#lib/codes/query';
import type { CodeStatus, Uses } from '#lib/codes/status';
import classes from './codes.module.css';

/** A code with a copy button, and the only customer who can use it, if any. */
export function CodeText({ code, user }: { code: string; user?: string | null }) {
  return (
    <div>
      <div className={classes.code}>
        <span className={classes.letters}>{code}</span>
        <CopyText text={code} name={code} />
      </div>
      {user && <span className={classes.under}>only for {user}</span>}
    </div>
  );
}

/** The uses left of a code. A code without uses has a badge. */
export function UsesLeft(uses: Uses) {
  const text = usesText(uses);
  if (uses.maxUses === 0) return <StatusBadge tone="bad">{text}</StatusBadge>;
  if (uses.usesLeft === 0) return <StatusBadge tone="quiet">{text}</StatusBadge>;
  return <span className={uses.maxUses === null ? table.quiet : undefined}>{text}</span>;
}

/** The job that created a code. */
export function CodeJob({ promotionId, job }: Pick<CodeRow, 'promotionId' | 'job'>) {
  if (!job) return <span className={`${table.quiet} ${classes.line}`}>Added manually</span>;
  return (
    <AnchorLink href={jobHref(promotionId, job.id)} prefetch={false} size="sm" className={table.wrapped}>
      {jobLabel(job)}
    </AnchorLink>
  );
}

const statusBadges = {
  usable: { label: 'Can be used', tone: 'good' },
  'used up': { label: 'Used up', tone: 'quiet' },
  'not for use': { label: "Can't be used", tone: 'bad' },
  scheduled: { label: 'Promotion is scheduled', tone: 'waiting' },
  ended: { label: 'Promotion has ended', tone: 'quiet' },
  off: { label: 'Promotion is off', tone: 'quiet' },
} as const satisfies Record<CodeStatus, { label: string; tone: Tone }>;

/** Whether a customer can use the code now, or the reason why not. */
export function CodeStatusBadge({ status }: { status: CodeStatus }) {
  const { label, tone } = statusBadges[status];
  return <StatusBadge tone={tone}>{label}</StatusBadge>;
}
