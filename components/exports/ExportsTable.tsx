import { Paper, Text } from '@mantine/core';
import { DownloadButton } from '#components/jobs/DownloadButton.tsx';
import type { JobsTableActions } from '#components/jobs/jobs-query.ts';
import { jobTitle } from '#components/jobs/labels.ts';
import { CopyText } from '#components/ui/CopyText.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import table from '#components/ui/ListTable.module.css';
import type { ExportRow } from '#lib/exports/query';
import { formatFileSize } from '#lib/format/file-size';
import { formatNumber } from '#lib/format/number';
import classes from './exports.module.css';

const shownDigits = 12;

/** A table of the export files of a promotion. On a phone, each row is a card. */
export function ExportsTable({ exports, link }: { exports: readonly ExportRow[]; link: JobsTableActions['link'] }) {
  return (
    <Paper className={table.paper}>
      <table className={table.table} aria-label="Exports">
        <thead>
          <tr>
            <th scope="col">Export</th>
            <th scope="col">Created</th>
            <th scope="col" className={table.number}>
              Codes
            </th>
            <th scope="col" className={table.number}>
              Size
            </th>
            <th scope="col">SHA-256</th>
            <th scope="col">File</th>
          </tr>
        </thead>
        <tbody>
          {exports.map((file) => {
            const job = { ...file, settings: null };
            return (
              <tr key={file.id}>
                <th scope="row" className={table.name}>
                  {jobTitle(job)}
                  {file.extraColumns.length > 0 && (
                    <Text size="xs" c="dimmed">
                      with {file.extraColumns.join(' and ')}
                    </Text>
                  )}
                </th>
                <td data-label="Created">
                  <div>
                    <DateTime value={file.finishedAt} as="moment" />
                    <Text size="xs" c="dimmed" className={table.wrapped}>
                      {file.createdBy}
                    </Text>
                  </div>
                </td>
                <td data-label="Codes" className={table.number}>
                  {formatNumber(file.rows)}
                </td>
                <td data-label="Size" className={table.number}>
                  {formatFileSize(file.bytes)}
                </td>
                <td data-label="SHA-256">
                  <div className={classes.checksum}>
                    <span className={classes.digits} title={file.sha256}>
                      {file.sha256.slice(0, shownDigits)}…
                    </span>
                    <CopyText text={file.sha256} name={`the SHA-256 of ${jobTitle(job)}`} />
                  </div>
                </td>
                <td>
                  <DownloadButton job={job} link={link} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Paper>
  );
}
