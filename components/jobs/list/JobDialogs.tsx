'use client';

import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callAction } from '#components/forms/callAction.ts';
import { useSubmission } from '#components/forms/submission.ts';
import { type JobsTableActions, jobsKey } from '#components/jobs/jobs-query.ts';
import { jobTitle } from '#components/jobs/labels.ts';
import type { JobQuestion } from '#components/jobs/list/JobActions.tsx';
import { watchJob } from '#components/jobs/watched-jobs.ts';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { formatCount, formatNumber } from '#lib/format/number';
import type { JobRow } from '#lib/jobs/list/job-row';
import type { JobOfPromotion } from '#lib/jobs/schema';
import { canCancel } from '#lib/jobs/status';

type Props = {
  question: JobQuestion | null;
  opened: boolean;
  actions: JobsTableActions;
  onRaise: (() => void) | null;
  onClose: () => void;
};

/** What a job that is run again is submitted as. */
export const rerunning = ({ id }: JobRow) => `run again ${id}`;

/** Asks before a job is cancelled or run again, with what that will do as it is this second. */
export function JobDialogs({ question, opened, actions, onRaise, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<Text fw={650}>{question?.kind === 'rerun' ? 'Run this job again?' : 'Cancel this job?'}</Text>}
      size="lg"
    >
      {question?.kind === 'cancel' && <Cancel job={question.job} cancel={actions.cancel} onClose={onClose} />}
      {question?.kind === 'rerun' && fits(question.job) && <Rerun job={question.job} rerun={actions.rerun} onClose={onClose} />}
      {question?.kind === 'rerun' && !fits(question.job) && <DoesNotFit job={question.job} onRaise={onRaise} onClose={onClose} />}
    </Modal>
  );
}

function Cancel({ job, cancel, onClose }: { job: JobRow; cancel: JobsTableActions['cancel']; onClose: () => void }) {
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => callAction(cancel, { promotion_id: job.promotionId, job_id: job.id }),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: jobsKey }),
  });
  if (!canCancel(job.status)) return <Over job={job} onClose={onClose} />;
  const removed = job.settings && job.progress.done > 0 ? formatCount(job.progress.done, 'code') : null;
  return (
    <Question
      text={cancelWords(job, removed)}
      error={error}
      yes={removed ? `Cancel and remove ${removed}` : 'Cancel the job'}
      no="Keep running"
      color="red"
      loading={isPending}
      onYes={mutate}
      onNo={onClose}
    />
  );
}

function cancelWords(job: JobRow, removed: string | null): string {
  const title = `“${jobTitle(job)}” of ${job.promotionName}`;
  if (job.jobType === 'code_remove') return `${title} stops. Codes that were removed stay removed; the others are kept.`;
  if (!job.settings) return `${title} stops, and no file is kept. The codes stay as they are.`;
  if (!removed) return `${title} has made no codes yet. Nothing will be left behind.`;
  return `${title} stops. The ${removed} made so far, and those that are made until it stops, are removed and cannot be used.`;
}

function Over({ job, onClose }: { job: JobRow; onClose: () => void }) {
  return (
    <Stack>
      <Text size="sm">“{jobTitle(job)}” is over already, so there is nothing to cancel.</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

function Rerun({ job, rerun, onClose }: { job: JobRow; rerun: JobsTableActions['rerun']; onClose: () => void }) {
  const queryClient = useQueryClient();
  const submit = useSubmission(rerunning(job), (input: JobOfPromotion, key) => callAction(rerun, input, key));
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
    <Question
      text={
        more
          ? `This generates ${more} for ${job.promotionName}, with the settings of “${jobTitle(job)}”.`
          : `This writes all codes that ${job.promotionName} has now to a new file.`
      }
      error={error}
      yes={more ? `Generate ${more}` : 'Export again'}
      no="Cancel"
      loading={isPending}
      onYes={mutate}
      onNo={onClose}
    />
  );
}

function fits({ settings, capacity }: JobRow): boolean {
  return settings === null || settings.numberOfCodes <= capacity;
}

/** A job that would fail is not offered again; what makes room for it is. */
function DoesNotFit({ job, onRaise, onClose }: { job: JobRow; onRaise: (() => void) | null; onClose: () => void }) {
  const raise = () => {
    onClose();
    onRaise?.();
  };
  return (
    <Stack>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {job.promotionName} {job.capacity > 0 ? `has room for ${formatCount(job.capacity, 'more code')}` : 'is full'}, and this job
        generates {formatNumber(job.settings?.numberOfCodes ?? 0)}.{' '}
        {onRaise ? 'Raise the maximum first.' : 'An administrator can raise the maximum.'}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        {onRaise ? (
          <Button onClick={raise}>Raise the maximum</Button>
        ) : (
          <ButtonLink href={`/promotions/${job.promotionId}`}>Open the promotion</ButtonLink>
        )}
      </Group>
    </Stack>
  );
}

type QuestionProps = {
  text: string;
  error: Error | null;
  yes: string;
  no: string;
  color?: string;
  loading: boolean;
  onYes: () => void;
  onNo: () => void;
};

function Question({ text, error, yes, no, color, loading, onYes, onNo }: QuestionProps) {
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
        <Button variant="default" onClick={onNo} data-autofocus>
          {no}
        </Button>
        <Button color={color} loading={loading} onClick={onYes}>
          {yes}
        </Button>
      </Group>
    </Stack>
  );
}
