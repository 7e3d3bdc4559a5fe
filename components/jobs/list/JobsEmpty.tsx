import { Anchor, Button, EmptyState } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import Link from 'next/link';
import { statusBadges } from '#components/jobs/JobStatusBadge.tsx';
import { jobTypeLabels } from '#components/jobs/labels.ts';
import type { JobsAddress } from '#lib/jobs/schema';

/** Replaces an empty table: there are no jobs yet, or none match the filters. */
export function JobsEmpty({ path, address, ofPromotion }: { path: string; address: JobsAddress; ofPromotion: boolean }) {
  const { status, job_type, page } = address;
  const icon = <IconTicket aria-hidden />;
  if (status || job_type || page > 1) {
    const filtered = [status && statusBadges[status].label.toLowerCase(), job_type && jobTypeLabels[job_type].toLowerCase(), 'jobs']
      .filter(Boolean)
      .join(' ');
    return (
      <EmptyState
        icon={icon}
        withIndicatorBackground
        py="xl"
        title={page > 1 ? 'No jobs on this page' : status === 'processing' && !job_type ? 'Nothing is running' : `No ${filtered}`}
      >
        <EmptyState.Actions>
          <Button component={Link} href={path} variant="default">
            Show all jobs
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      withIndicatorBackground
      py="xl"
      title="No jobs yet"
      description={
        ofPromotion ? (
          'The jobs of this promotion appear here.'
        ) : (
          <>
            Open a{' '}
            <Anchor component={Link} href="/promotions" underline="always" inherit>
              promotion
            </Anchor>{' '}
            and generate codes. All jobs appear here.
          </>
        )
      }
    />
  );
}
