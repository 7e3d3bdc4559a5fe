'use client';

import { Paper } from '@mantine/core';
import { JobEntry } from '#components/history/JobEntry.tsx';
import { VersionChanges } from '#components/history/VersionChanges.tsx';
import { RelativeTime } from '#components/ui/RelativeTime.tsx';
import type { HistoryPage } from '#lib/history/query';
import table from '../ui/ListTable.module.css';
import classes from './history.module.css';

/** A table of changes and jobs. On a phone, each row is a card. */
export function HistoryTable({ history: { now, entries, queuePosition } }: { history: HistoryPage }) {
  return (
    <Paper className={table.paper}>
      <table className={`${table.table} ${classes.history}`} aria-label="History">
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">By</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const { by, at } = 'job' in entry ? { by: entry.job.createdBy, at: entry.job.createdAt } : entry.version;
            return (
              <tr key={entry.id}>
                <td>{'job' in entry ? <JobEntry job={entry.job} queue={queuePosition} /> : <VersionChanges {...entry.version} />}</td>
                <td data-label="By" className={table.wrapped}>
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
