'use client';

import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callAction } from '#components/forms/callAction.ts';
import { useSubmission } from '#components/forms/submission.ts';
import { type JobsTableActions, jobsKey } from '#components/jobs/jobs-query.ts';
import { jobTitle } from '#components/jobs/labels.ts';
import type { JobDialog } from '#components/jobs/list/JobActions.tsx';
import { watchJob } from '#components/jobs/watched-jobs.ts';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { formatCount, formatNumber } from '#lib/format/number';
import type { JobRow } from '#lib/jobs/list/job-row';
import type { JobOfPromotion } from '#lib/jobs/schema';

type Props = {
  dialog: JobDialog | null;
  opened: boolean;
  actions: JobsTableActions;
  /** Opens the dialog for the maximum; null for a role that cannot change it. */
  onSetMaxCodes: (() => void) | null;
  onClose: () => void;
};

/** The name of the submission that runs a job again. */
export const rerunSubmission = ({ id }: JobRow) => `run again ${id}`;

/** Confirms that a job is cancelled or run again, and states the current consequences. */
export function JobDialogs({ dialog, opened, actions, onSetMaxCodes, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<Text fw={650}>{dialog?.action === 'rerun' ? 'Run this job again?' : 'Cancel this job?'}</Text>}
      size="lg"
    >
      {dialog?.action === 'cancel' && <CancelJob job={dialog.job} cancel={actions.cancel} onClose={onClose} />}
      {dialog?.action === 'rerun' && fits(dialog.job) && <RerunJob job={dialog.job} rerun={actions.rerun} onClose={onClose} />}
      {dialog?.action === 'rerun' && !fits(dialog.job) && <DoesNotFit job={dialog.job} onSetMaxCodes={onSetMaxCodes} onClose={onClose} />}
    </Modal>
  );
}

function CancelJob({ job, cancel, onClose }: { job: JobRow; cancel: JobsTableActions['cancel']; onClose: () => void }) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => callAction(cancel, { promotion_id: job.promotionId, job_id: job.id }),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: jobsKey }),
  });
  if (!job.canCancel) return <AlreadyEnded job={job} onClose={onClose} />;
  const removed = job.settings && job.progress.done > 0 ? formatCount(job.progress.done, 'code') : null;
  return (
    <Confirmation
      text={cancelText(job, removed)}
      error={error}
      confirmLabel={removed ? `Cancel and remove ${removed}` : 'Cancel job'}
      dismissLabel="Keep running"
      color="red"
      loading={isPending}
      onConfirm={mutate}
      onDismiss={onClose}
    />
  );
}

function cancelText(job: JobRow, removed: string | null): string {
  const title = `“${jobTitle(job)}” of ${job.promotionName}`;
  if (job.jobType === 'code_remove') return `${title} stops. Codes it has removed stay removed; the others are kept.`;
  if (!job.settings) return `${title} stops and keeps no file. The codes don't change.`;
  if (!removed) return `${title} has created no codes yet, so nothing remains.`;
  return `${title} stops. The ${removed} created so far, and any created until it stops, are removed and can't be used.`;
}

function AlreadyEnded({ job, onClose }: { job: JobRow; onClose: () => void }) {
  return (
    <Stack>
      <Text size="sm">“{jobTitle(job)}” has already ended, so there is nothing to cancel.</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

function RerunJob({ job, rerun, onClose }: { job: JobRow; rerun: JobsTableActions['rerun']; onClose: () => void }) {
  const queryClient = useQueryClient();
  const submit = useSubmission(rerunSubmission(job), (input: JobOfPromotion, key) => callAction(rerun, input, key));
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => submit({ promotion_id: job.promotionId, job_id: job.id }),
    onSuccess: ({ id }) => {
      watchJob(id);
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: jobsKey }),
  });
  const more = job.settings && formatCount(job.settings.numberOfCodes, 'more code');
  return (
    <Confirmation
      text={
        more
          ? `This generates ${more} for ${job.promotionName}, with the settings of “${jobTitle(job)}”.`
          : `This writes all current codes of ${job.promotionName} to a new file.`
      }
      error={error}
      confirmLabel={more ? `Generate ${more}` : 'Export again'}
      dismissLabel="Cancel"
      loading={isPending}
      onConfirm={mutate}
      onDismiss={onClose}
    />
  );
}

function fits({ settings, capacity }: JobRow): boolean {
  return settings === null || settings.numberOfCodes <= capacity;
}

/** Replaces the confirmation when the job would fail, and offers to raise the maximum. */
function DoesNotFit({ job, onSetMaxCodes, onClose }: { job: JobRow; onSetMaxCodes: (() => void) | null; onClose: () => void }) {
  const setMaxCodes = () => {
    onClose();
    onSetMaxCodes?.();
  };
  return (
    <Stack>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {job.promotionName} {job.capacity > 0 ? `has room for ${formatCount(job.capacity, 'more code')}` : 'is full'}, and this job
        generates {formatNumber(job.settings?.numberOfCodes ?? 0)}.{' '}
        {onSetMaxCodes ? 'Raise the maximum first.' : 'An administrator can raise the maximum.'}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        {onSetMaxCodes ? (
          <Button onClick={setMaxCodes}>Raise the maximum</Button>
        ) : (
          <ButtonLink href={`/promotions/${job.promotionId}`}>Open the promotion</ButtonLink>
        )}
      </Group>
    </Stack>
  );
}

type ConfirmationProps = {
  text: string;
  error: Error | null;
  confirmLabel: string;
  dismissLabel: string;
  color?: string;
  loading: boolean;
  onConfirm: () => void;
  onDismiss: () => void;
};

function Confirmation({ text, error, confirmLabel, dismissLabel, color, loading, onConfirm, onDismiss }: ConfirmationProps) {
  return (
    <Stack>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Text>
      {error && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDismiss} data-autofocus>
          {dismissLabel}
        </Button>
        <Button color={color} loading={loading} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </Group>
    </Stack>
  );
}
