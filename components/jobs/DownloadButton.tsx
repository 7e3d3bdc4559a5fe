'use client';

import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useDownloadsAllowed } from '#components/jobs/downloads-allowed.tsx';
import type { JobsTableActions } from '#components/jobs/jobs-query.ts';
import { jobTitle } from '#components/jobs/labels.ts';
import { unwrap } from '#lib/action-result';
import type { JobRow } from '#lib/jobs/list/job-row';

type Props = { job: Pick<JobRow, 'id' | 'promotionId' | 'name' | 'settings'>; link: JobsTableActions['link'] };

/** Downloads the file of an export by a new link. Shows a text instead when the user's downloads are turned off. */
export function DownloadButton({ job, link }: Props) {
  const { mutate, isPending } = useMutation({
    mutationFn: () => unwrap(link({ promotion_id: job.promotionId, job_id: job.id })),
    onSuccess: ({ href }) => window.location.assign(href),
    onError: ({ message }) => notifications.show({ color: 'red', title: 'Download failed', message, withBorder: true }),
  });
  if (!useDownloadsAllowed()) {
    return (
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        Downloads off
      </Text>
    );
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={isPending}
      onClick={() => mutate()}
      aria-label={`Download ${jobTitle(job)}`}
    >
      Download
    </Button>
  );
}
