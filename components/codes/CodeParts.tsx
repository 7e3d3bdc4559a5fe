import { jobHref } from '#components/codes/hrefs.ts';
import { jobLabel, usesLeftText } from '#components/codes/labels.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { CopyText } from '#components/ui/CopyText.tsx';
import table from '#components/ui/ListTable.module.css';
import { StatusBadge, type Tone } from '#components/ui/StatusBadge.tsx';
import { CodeUseBadge } from '#components/uses/CodeUseBadge.tsx';
import { usesHref } from '#components/uses/hrefs.ts';
import type { CodeRow } from '#lib/codes/query';
import type { CodeStatus } from '#lib/codes/status';
import type { UsedCode } from '#lib/redemptions/query';
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

/** Whether a code is unused, used or used up, with a link to its redemptions, and how many uses are left. */
export function CodeUsage({ code }: { code: UsedCode }) {
  return (
    <div>
      <AnchorLink href={usesHref(code.promotionId, { code: code.code })} prefetch={false} size="sm">
        <CodeUseBadge use={code} />
      </AnchorLink>
      <div className={classes.under}>{usesLeftText(code)}</div>
    </div>
  );
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
