'use client';

import { Paper } from '@mantine/core';
import { JobEntry } from '#components/history/JobEntry.tsx';
import { VersionChanges } from '#components/history/VersionChanges.tsx';
import { RelativeTime } from '#components/jobs/RelativeTime.tsx';
import table from '#components/ui/ListTable.module.css';
import type { HistoryPage } from '#lib/history/query';
import classes from './history.module.css';

/** One thing that happened a row; on a phone each is a card. */
export function HistoryTable({ history: { now, entries, queuePosition } }: { history: HistoryPage }) {
  return (
    <Paper className={table.paper}>
      <table className={`${table.table} ${classes.history}`} aria-label="History">
        <thead>
          <tr>
            <th scope="col">What happened</th>
            <th scope="col">Who</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const { by, at } = 'job' in entry ? { by: entry.job.createdBy, at: entry.job.createdAt } : entry.version;
            return (
              <tr key={entry.id}>
                <td>
                  {'job' in entry ? <JobEntry job={entry.job} queuePosition={queuePosition} /> : <VersionChanges {...entry.version} />}
                </td>
                <td data-label="Who" className={table.wrapped}>
                  {by}
                </td>
                <td data-label="When">
                  <RelativeTime at={at} now={now} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Paper>
  );
}
