'use client';

import { Group, Stack, Title } from '@mantine/core';
import { useDidUpdate, useDisclosure } from '@mantine/hooks';
import { useRouter } from 'next/navigation';
import { JobForm, type JobFormActions } from '#components/jobs/form/JobForm.tsx';
import { ReadersNotice } from '#components/jobs/form/JobFormNotices.tsx';
import { type JobsTableActions, useJobs } from '#components/jobs/jobs-query.ts';
import { JobTypeFilter } from '#components/jobs/list/JobFilters.tsx';
import { JobsTable } from '#components/jobs/list/JobsTable.tsx';
import { RaiseRoom } from '#components/jobs/list/RaiseRoom.tsx';
import type { JobsPage } from '#lib/jobs/list/job-row';
import type { JobsAddress } from '#lib/jobs/schema';

type Props = {
  promotionId: string;
  loaded: JobsPage;
  address: JobsAddress;
  actions: JobsTableActions & JobFormActions;
  mayWrite: boolean;
  mayAdminister: boolean;
};

/** A promotion's job form and its jobs, kept new by one query. */
export function PromotionJobs({ promotionId, loaded, address, actions, mayWrite, mayAdminister }: Props) {
  const { job, ...filter } = address;
  const path = `/promotions/${promotionId}`;
  const { data, error, refetch } = useJobs(actions.list, { ...filter, promotion_id: promotionId }, loaded);
  const [raises, raising] = useDisclosure();
  const onRaise = mayAdminister ? raising.open : null;
  const router = useRouter();
  // What stands around this page counts codes too.
  useDidUpdate(() => router.refresh(), [data.capacity?.activeJob === null]);
  return (
    <Stack gap="xl">
      {!mayWrite && <ReadersNotice />}
      {mayWrite && data.capacity && (
        <JobForm
          capacity={data.capacity}
          jobType={address.job_type === 'code_export' ? 'code_export' : 'code_generate'}
          actions={actions}
          onRaise={onRaise}
        />
      )}
      {data.capacity && (
        <RaiseRoom capacity={data.capacity} raise={actions.raise} update={actions.update} opened={raises} onClose={raising.close} />
      )}
      <Stack gap="sm" component="section" aria-labelledby="jobs">
        <Group justify="space-between">
          <Title order={2} id="jobs">
            Jobs
          </Title>
          <JobTypeFilter path={path} address={address} />
        </Group>
        <JobsTable
          page={data}
          error={error}
          onRetry={refetch}
          path={path}
          address={address}
          actions={actions}
          mayWrite={mayWrite}
          onRaise={onRaise}
        />
      </Stack>
    </Stack>
  );
}
