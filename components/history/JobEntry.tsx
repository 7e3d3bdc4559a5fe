import { IconFileSpreadsheet, IconTicket, IconTrash } from '@tabler/icons-react';
import { JobProgress } from '#components/jobs/details/JobProgress.tsx';
import { jobTitle, jobTypeLabels } from '#components/jobs/labels.ts';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import type { JobType } from '#prisma/enums';
import classes from './history.module.css';

const icons = {
  code_generate: IconTicket,
  code_export: IconFileSpreadsheet,
  code_remove: IconTrash,
} as const satisfies Record<JobType, unknown>;

/** A job in the history, with its status and result. */
export function JobEntry({ job, queue }: { job: JobRow; queue: QueuePosition | null }) {
  const Icon = icons[job.jobType];
  return (
    <div className={classes.entry}>
      <Icon size={18} stroke={1.7} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>
        <span className={classes.title}>
          {jobTypeLabels[job.jobType]}: {jobTitle(job)}
        </span>
        <JobProgress job={job} queue={queue} />
      </div>
    </div>
  );
}
