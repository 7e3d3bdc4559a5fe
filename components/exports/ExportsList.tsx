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

/** All files that exports of a promotion wrote, and how to make another. */
export function ExportsList({ promotionId, list: { exports, page, pages, running }, link, mayWrite, mayDownload }: Props) {
  const jobs = `/promotions/${promotionId}`;
  const exportNow = mayWrite && !running && <ButtonLink href={`${jobs}?job_type=code_export`}>Export now</ButtonLink>;
  const onItsWay = running && (
    <>
      An export is on its way. <AnchorLink href={jobs}>Watch it</AnchorLink>
    </>
  );
  if (exports.length === 0) {
    return (
      <>
        <EmptyState
          icon={<IconFileSpreadsheet size={28} stroke={1.6} />}
          title="No exports yet"
          description={
            onItsWay || 'An export writes all codes of this promotion to a file for spreadsheets. It is kept here to download again.'
          }
        >
          {exportNow}
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
          {onItsWay || 'Each file holds the codes as they were when it was made.'}
        </Text>
        {exportNow}
      </div>
      <ExportsTable exports={exports} link={link} />
      <PageLinks page={page} pages={pages} href={(page) => `${jobs}/exports?page=${page}`} />
      <ExportColumns />
    </>
  );
}
