'use client';

import { Group, Stack, Title } from '@mantine/core';
import { useDidUpdate, useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { JobForm, type JobFormActions } from '#components/jobs/form/JobForm.tsx';
import { ViewOnlyNotice } from '#components/jobs/form/JobFormNotices.tsx';
import { type JobsTableActions, jobsKey, useJobs } from '#components/jobs/jobs-query.ts';
import { JobTypeFilter } from '#components/jobs/list/JobFilters.tsx';
import { JobsTable } from '#components/jobs/list/JobsTable.tsx';
import { SetMaxCodes } from '#components/promotions/SetMaxCodes.tsx';
import type { JobsPage, PromotionCapacity } from '#lib/jobs/list/job-row';
import type { JobsAddress } from '#lib/jobs/schema';

type Props = {
  promotionId: string;
  loaded: JobsPage;
  address: JobsAddress;
  actions: JobsTableActions & JobFormActions;
  mayWrite: boolean;
  mayAdminister: boolean;
};

/** The job form and the jobs of a promotion, both updated by one polled query. */
export function PromotionJobs({ promotionId, loaded, address, actions, mayWrite, mayAdminister }: Props) {
  const { job, ...filter } = address;
  const path = `/promotions/${promotionId}`;
  const { data, error, refetch } = useJobs(actions.list, { ...filter, promotion_id: promotionId }, loaded);
  const [settingMaxCodes, maxCodesDialog] = useDisclosure();
  const onSetMaxCodes = mayAdminister ? maxCodesDialog.open : null;
  const router = useRouter();
  // The header of the promotion shows the number of codes too.
  useDidUpdate(() => router.refresh(), [data.capacity?.activeJob === null]);
  return (
    <Stack gap="xl">
      {!mayWrite && <ViewOnlyNotice />}
      {mayWrite && data.capacity && (
        <JobForm
          promotion={data.capacity}
          jobType={address.job_type === 'code_export' ? 'code_export' : 'code_generate'}
          actions={actions}
          onSetMaxCodes={onSetMaxCodes}
        />
      )}
      {data.capacity && (
        <MaxCodesDialog promotion={data.capacity} actions={actions} opened={settingMaxCodes} onClose={maxCodesDialog.close} />
      )}
      <Stack gap="sm" component="section" aria-labelledby="jobs">
        <Group justify="space-between">
          <Title order={2} id="jobs">
            Jobs
          </Title>
          <JobTypeFilter path={path} address={address} ofPromotion />
        </Group>
        <JobsTable
          page={data}
          error={error}
          onRetry={refetch}
          path={path}
          address={address}
          actions={actions}
          mayWrite={mayWrite}
          onSetMaxCodes={onSetMaxCodes}
        />
      </Stack>
    </Stack>
  );
}

type MaxCodesDialogProps = { promotion: PromotionCapacity; actions: JobFormActions; opened: boolean; onClose: () => void };

/** The dialog for the maximum number of codes. It refreshes the capacity that the job form shows when it closes. */
function MaxCodesDialog({ promotion, actions, opened, onClose }: MaxCodesDialogProps) {
  const queryClient = useQueryClient();
  const close = () => {
    onClose();
    void queryClient.invalidateQueries({ queryKey: jobsKey });
  };
  const dates = { end: new Date(promotion.end), latestEndAbove1000: new Date(promotion.latestEndAbove1000) };
  return (
    <SetMaxCodes
      opened={opened}
      onClose={close}
      promotion={{ ...promotion, ...dates }}
      setMaxCodes={actions.setMaxCodes}
      update={actions.update}
    />
  );
}
