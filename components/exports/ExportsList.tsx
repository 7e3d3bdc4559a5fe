import { Alert, Text } from '@mantine/core';
import { IconDownloadOff, IconFileSpreadsheet } from '@tabler/icons-react';
import { ExportColumns } from '#components/exports/ExportColumns.tsx';
import { ExportsTable } from '#components/exports/ExportsTable.tsx';
import type { JobsTableActions } from '#components/jobs/jobs-query.ts';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { PageLinks } from '#components/ui/PageLinks.tsx';
import type { ExportsPage } from '#lib/exports/query';
import classes from './exports.module.css';

type Props = { promotionId: string; list: ExportsPage; link: JobsTableActions['link']; mayWrite: boolean; mayDownload: boolean };

/** The export files of a promotion, with a link to create another one. */
export function ExportsList({ promotionId, list: { exports, page, pages, running }, link, mayWrite, mayDownload }: Props) {
  const jobs = `/promotions/${promotionId}`;
  const exportLink = mayWrite && !running && <ButtonLink href={`${jobs}?job_type=code_export`}>Export codes</ButtonLink>;
  const runningNotice = running && (
    <>
      An export is running. <AnchorLink href={jobs}>View progress</AnchorLink>
    </>
  );
  if (exports.length === 0) {
    return (
      <>
        <EmptyState
          icon={<IconFileSpreadsheet size={28} stroke={1.6} />}
          title="No exports yet"
          description={
            runningNotice || 'An export writes all codes of this promotion to a spreadsheet file, which stays here for download.'
          }
        >
          {exportLink}
        </EmptyState>
        <ExportColumns />
      </>
    );
  }
  return (
    <>
      {!mayDownload && (
        <Alert color="gray" variant="light" icon={<IconDownloadOff />} mb="md" title="Downloads are turned off for you">
          You can see the exports but not download them. Ask an administrator to turn on export downloads for you under Users.
        </Alert>
      )}
      <div className={classes.top}>
        <Text size="sm" c="dimmed" maw="38rem">
          {runningNotice || 'Each file contains the codes that existed when it was created.'}
        </Text>
        {exportLink}
      </div>
      <ExportsTable exports={exports} link={link} />
      <PageLinks page={page} pages={pages} href={(page) => `${jobs}/exports?page=${page}`} />
      <ExportColumns />
    </>
  );
}
