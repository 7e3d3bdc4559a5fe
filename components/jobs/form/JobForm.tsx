'use client';

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { callAction } from '#components/forms/callAction.ts';
import { showProblems } from '#components/forms/showProblems.ts';
import { startSubmission, useSubmission } from '#components/forms/submission.ts';
import { capacityError, freeCapacity } from '#components/jobs/form/capacity.ts';
import { ExportPreview } from '#components/jobs/form/ExportPreview.tsx';
import { ExportSummary } from '#components/jobs/form/ExportSummary.tsx';
import { ExtraColumnsField } from '#components/jobs/form/ExtraColumnsField.tsx';
import { checkJobForm, type FormJobType, initialValues } from '#components/jobs/form/form-fields.ts';
import { GenerateFields } from '#components/jobs/form/GenerateFields.tsx';
import { ActiveJobNotice, AutomaticNotice, FullNotice, SubmittedNotice } from '#components/jobs/form/JobFormNotices.tsx';
import { JobNameField } from '#components/jobs/form/JobNameField.tsx';
import { JobPreview } from '#components/jobs/form/JobPreview.tsx';
import { JobTypeField } from '#components/jobs/form/JobTypeField.tsx';
import { NumberOfCodesField } from '#components/jobs/form/NumberOfCodesField.tsx';
import { jobsKey } from '#components/jobs/jobs-query.ts';
import { watchJob } from '#components/jobs/watched-jobs.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { EndDateWarning } from '#components/promotions/EndDateWarning.tsx';
import type { ActionResult, Created } from '#lib/action-result';
import { formatDuration } from '#lib/format/duration';
import { formatCount } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';
import type { CreateJobFields, CreateJobInput } from '#lib/jobs/schema';
import { promotionLimits } from '#lib/promotions/schema';
import classes from './form.module.css';

export type JobFormActions = {
  create: (input: CreateJobInput & { promotion_id: string }, submission: string) => Promise<ActionResult<Created<{ id: string }>>>;
} & Pick<PromotionActions, 'setMaxCodes' | 'update'>;

type Props = {
  promotion: PromotionCapacity;
  /** The type of job that is selected first. */
  jobType: FormJobType;
  actions: Pick<JobFormActions, 'create' | 'update'>;
  /** Opens the dialog for the maximum; null for a role that cannot change it. */
  onSetMaxCodes: (() => void) | null;
};

/**
 * Creates a job that generates or exports codes. After a submission the button stays disabled until a field changes or
 * the form is reset, so that a double click does not create a second job.
 */
export function JobForm({ promotion, jobType: initialType, actions, onSetMaxCodes }: Props) {
  const defaultValues = initialValues(promotion.automatic ? 'code_export' : initialType);
  const { control, handleSubmit, setError, setFocus, setValue, reset, formState } = useForm<CreateJobFields, unknown, CreateJobInput>({
    resolver: checkJobForm,
    mode: 'onTouched',
    defaultValues,
  });
  const values = JSON.stringify(useWatch({ control }));
  const [jobType, numberOfCodes, extraColumns] = useWatch({
    control,
    name: ['job_type', 'parameters.number_of_codes', 'parameters.extra_columns'],
  });
  const [submitted, setSubmitted] = useState<{ values: string; repeated: boolean } | null>(null);
  const queryClient = useQueryClient();
  const refreshJobs = () => queryClient.invalidateQueries({ queryKey: jobsKey });
  const formName = `job of ${promotion.id}`;
  const generates = jobType === 'code_generate';
  // The field holds text that is not a number as it was typed.
  const requested = typeof numberOfCodes === 'number' ? numberOfCodes : 0;
  const isSubmitted = submitted?.values === values;

  const create = useSubmission(formName, (input: CreateJobInput, key) =>
    callAction(actions.create, { ...input, promotion_id: promotion.id }, key),
  );
  const { mutate, isPending } = useMutation({
    mutationFn: ({ input }: { input: CreateJobInput; values: string }) => create(input),
    onSuccess: ({ id, repeated }, { values }) => {
      watchJob(id);
      setSubmitted({ values, repeated });
    },
    onError: (failure) => showProblems(failure, setError),
    onSettled: refreshJobs,
  });

  const submit = handleSubmit((input) => {
    if (isSubmitted) return;
    const tooMany = input.job_type === 'code_generate' && capacityError(promotion, input.parameters.number_of_codes);
    if (tooMany) setFocus('parameters.number_of_codes');
    else mutate({ input, values });
  });

  function startNewJob() {
    startSubmission(formName);
    setSubmitted(null);
    reset(initialValues(generates ? 'code_generate' : 'code_export'), { keepFieldsRef: true });
    if (generates) setFocus('parameters.number_of_codes');
  }

  if (generates && freeCapacity(promotion) === 0 && !formState.isDirty && !submitted) {
    return <FullNotice promotion={promotion} onExport={() => setValue('job_type', 'code_export')} onSetMaxCodes={onSetMaxCodes} />;
  }
  return (
    <Paper component="form" withBorder onSubmit={submit} noValidate aria-labelledby="new-job" className={classes.form}>
      <Stack className={classes.fields}>
        <Group justify="space-between">
          <Title order={2} size="h4" id="new-job">
            New job
          </Title>
          <JobTypeField control={control} automatic={promotion.automatic} />
        </Group>
        {promotion.automatic && <AutomaticNotice />}
        {generates ? (
          <GenerateFields control={control}>
            <NumberOfCodesField control={control} promotion={promotion} submitted={isSubmitted} onSetMaxCodes={onSetMaxCodes} />
            <JobNameField control={control} />
          </GenerateFields>
        ) : (
          <>
            <ExportSummary promotion={promotion} />
            <JobNameField control={control} />
            <ExtraColumnsField control={control} />
          </>
        )}
        {generates && <TooLongWarning promotion={promotion} numberOfCodes={requested} update={actions.update} onSettled={refreshJobs} />}
      </Stack>
      <div className={classes.preview}>
        {generates ? (
          <JobPreview control={control} promotion={promotion} submitted={isSubmitted} />
        ) : (
          <ExportPreview extra={extraColumns ?? []} />
        )}
      </div>
      <Stack className={classes.submit} gap="sm">
        <ActiveJobNotice promotion={promotion} />
        <Group>
          <Button
            type="submit"
            loading={isPending}
            disabled={isSubmitted || promotion.activeJob !== null}
            className={classes.button}
            // Without this, the field loses focus and shows its error, which moves the button away before the click ends.
            onMouseDown={(event) => event.preventDefault()}
          >
            {generates ? `Generate ${requested > 0 ? formatCount(requested, 'code') : 'codes'}` : 'Export codes'}
          </Button>
          {generates && !isSubmitted && <Estimate promotion={promotion} numberOfCodes={requested} />}
          <SubmittedNotice submission={isSubmitted ? submitted : null} onReset={startNewJob} />
        </Group>
      </Stack>
    </Paper>
  );
}

function Estimate({ promotion, numberOfCodes }: { promotion: PromotionCapacity; numberOfCodes: number }) {
  if (promotion.codesPerSecond === null || !(numberOfCodes > 0)) return null;
  const seconds = numberOfCodes / promotion.codesPerSecond;
  return (
    <Text size="sm" c="dimmed">
      {seconds < 1 ? 'Less than a second' : `About ${formatDuration(seconds)}`} on this server
    </Text>
  );
}

type TooLongProps = { promotion: PromotionCapacity; numberOfCodes: number; onSettled: () => void } & Pick<PromotionActions, 'update'>;

function TooLongWarning({ promotion, numberOfCodes, update, onSettled }: TooLongProps) {
  const { id, end, latestEndAbove1000: latestEnd, now } = promotion;
  if (numberOfCodes <= promotionLimits.defaultMaxCodes || end <= latestEnd) return null;
  const dates = { end: new Date(end), latestEnd: new Date(latestEnd), now: new Date(now) };
  return <EndDateWarning promotionId={id} {...dates} update={update} onSettled={onSettled} />;
}
