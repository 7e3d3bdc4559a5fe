import { JobProgress } from '#components/jobs/details/JobProgress.tsx';
import { JobIcon } from '#components/jobs/JobIcon.tsx';
import { jobTitle, jobTypeLabels } from '#components/jobs/labels.ts';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import classes from './history.module.css';

/** A job in the history, with its status and result. */
export function JobEntry({ job, queue }: { job: JobRow; queue: QueuePosition | null }) {
  return (
    <div className={classes.entry}>
      <JobIcon jobType={job.jobType} className={classes.icon} />
      <div className={classes.text}>
        <span className={classes.title}>
          {jobTypeLabels[job.jobType]}: {jobTitle(job)}
        </span>
        <JobProgress job={job} queue={queue} />
      </div>
    </div>
  );
}
