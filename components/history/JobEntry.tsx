import { IconFileSpreadsheet, IconTicket } from '@tabler/icons-react';
import { JobProgress } from '#components/jobs/JobProgress';
import { jobTitle, kindWords } from '#components/jobs/words';
import type { JobRow, Line } from '#lib/jobs/list/job-row';
import classes from './history.module.css';

/** A job of the promotion, and what came of it. */
export function JobEntry({ job, line }: { job: JobRow; line: Line | null }) {
  const Icon = job.jobType === 'code_generate' ? IconTicket : IconFileSpreadsheet;
  return (
    <div className={classes.entry}>
      <Icon size={18} stroke={1.7} className={classes.icon} aria-hidden="true" />
      <div className={classes.words}>
        <span className={classes.title}>
          {kindWords[job.jobType]}: {jobTitle(job)}
        </span>
        <JobProgress job={job} line={line} />
      </div>
    </div>
  );
}
