'use client';

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { callAction } from '#components/forms/callAction.ts';
import { showProblems } from '#components/forms/showProblems.ts';
import { startSubmission, useSubmission } from '#components/forms/submission.ts';
import { capacityProblem, codesLeft } from '#components/jobs/form/capacity.ts';
import { EndDateOffer } from '#components/jobs/form/EndDateOffer.tsx';
import { ExportPreview } from '#components/jobs/form/ExportPreview.tsx';
import { ExportSummary } from '#components/jobs/form/ExportSummary.tsx';
import { checkJobForm, type FormJobType, startingValues } from '#components/jobs/form/form-fields.ts';
import { GenerateFields } from '#components/jobs/form/GenerateFields.tsx';
import { ActiveJobNotice, AutomaticNotice, FullNotice, SubmittedNotice } from '#components/jobs/form/JobFormNotices.tsx';
import { JobNameField } from '#components/jobs/form/JobNameField.tsx';
import { JobPreview } from '#components/jobs/form/JobPreview.tsx';
import { JobTypeField } from '#components/jobs/form/JobTypeField.tsx';
import { NumberOfCodesField } from '#components/jobs/form/NumberOfCodesField.tsx';
import { jobsKey } from '#components/jobs/jobs-query.ts';
import { watchJob } from '#components/jobs/watched-jobs.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import type { ActionResult, Created } from '#lib/action-result';
import { formatDuration } from '#lib/format/duration';
import { formatCount } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';
import type { CreateJobFields, CreateJobInput } from '#lib/jobs/schema';
import classes from './form.module.css';

export type JobFormActions = {
  create: (input: CreateJobInput & { promotion_id: string }, submission: string) => Promise<ActionResult<Created<{ id: string }>>>;
} & Pick<PromotionActions, 'raise' | 'update'>;

type Props = {
  capacity: PromotionCapacity;
  /** The type of job it starts with. */
  jobType: FormJobType;
  actions: Pick<JobFormActions, 'create' | 'update'>;
  /** Null for a role that may not raise the maximum. */
  onRaise: (() => void) | null;
};

/**
 * Creates a job that generates codes or exports them. After a submission the button stays as it is, disabled, until a
 * field changes or another job is set up: a click that was meant for the first job creates no second one.
 */
export function JobForm({ capacity, jobType: startsWith, actions, onRaise }: Props) {
  const start = startingValues(capacity.automatic ? 'code_export' : startsWith);
  const { control, handleSubmit, setError, setFocus, setValue, reset, formState } = useForm<CreateJobFields, unknown, CreateJobInput>({
    resolver: checkJobForm,
    mode: 'onTouched',
    defaultValues: start,
  });
  const values = JSON.stringify(useWatch({ control }));
  const [jobType, numberOfCodes] = useWatch({ control, name: ['job_type', 'parameters.number_of_codes'] });
  const [submitted, setSubmitted] = useState<{ values: string; repeated: boolean } | null>(null);
  const queryClient = useQueryClient();
  const formName = `job of ${capacity.id}`;
  const generates = jobType === 'code_generate';
  // A text that is no number stands in the form as it was typed.
  const asked = typeof numberOfCodes === 'number' ? numberOfCodes : 0;
  const done = submitted?.values === values;

  const create = useSubmission(formName, (input: CreateJobInput, key) =>
    callAction(actions.create, { ...input, promotion_id: capacity.id }, key),
  );
  const { mutate, isPending } = useMutation({
    mutationFn: ({ input }: { input: CreateJobInput; values: string }) => create(input),
    onSuccess: ({ id, repeated }, { values }) => {
      watchJob(id);
      setSubmitted({ values, repeated });
    },
    onError: (failure) => showProblems(failure, setError),
    onSettled: () => queryClient.invalidateQueries({ queryKey: jobsKey }),
  });

  const submit = handleSubmit((input) => {
    if (done) return;
    const tooMany = input.job_type === 'code_generate' && capacityProblem(capacity, input.parameters.number_of_codes);
    if (tooMany) setFocus('parameters.number_of_codes');
    else mutate({ input, values });
  });

  function setUpAnother() {
    startSubmission(formName);
    setSubmitted(null);
    reset(startingValues(generates ? 'code_generate' : 'code_export'), { keepFieldsRef: true });
    if (generates) setFocus('parameters.number_of_codes');
  }

  if (generates && codesLeft(capacity) === 0 && !formState.isDirty && !submitted) {
    return <FullNotice capacity={capacity} onExport={() => setValue('job_type', 'code_export')} onRaise={onRaise} />;
  }
  return (
    <Paper component="form" withBorder onSubmit={submit} noValidate aria-labelledby="new-job" className={classes.form}>
      <Stack className={classes.fields}>
        <Group justify="space-between">
          <Title order={2} size="h4" id="new-job">
            New job
          </Title>
          <JobTypeField control={control} automatic={capacity.automatic} />
        </Group>
        {capacity.automatic && <AutomaticNotice />}
        {generates ? (
          <GenerateFields control={control}>
            <NumberOfCodesField control={control} capacity={capacity} done={done} onRaise={onRaise} />
            <JobNameField control={control} />
          </GenerateFields>
        ) : (
          <>
            <ExportSummary capacity={capacity} />
            <JobNameField control={control} />
          </>
        )}
        {generates && <EndDateOffer capacity={capacity} numberOfCodes={asked} update={actions.update} />}
      </Stack>
      <div className={classes.preview}>
        {generates ? <JobPreview control={control} capacity={capacity} done={done} /> : <ExportPreview />}
      </div>
      <Stack className={classes.submit} gap="sm">
        <ActiveJobNotice capacity={capacity} />
        <Group>
          <Button
            type="submit"
            loading={isPending}
            disabled={done || capacity.activeJob !== null}
            className={classes.button}
            // The field that is left is checked then, and its error must not move this away before the click is whole.
            onMouseDown={(event) => event.preventDefault()}
          >
            {generates ? `Generate ${asked > 0 ? formatCount(asked, 'code') : 'codes'}` : 'Export codes'}
          </Button>
          {generates && !done && <TimeNeeded capacity={capacity} numberOfCodes={asked} />}
          <SubmittedNotice outcome={done ? submitted : null} onAnother={setUpAnother} />
        </Group>
      </Stack>
    </Paper>
  );
}

function TimeNeeded({ capacity, numberOfCodes }: { capacity: PromotionCapacity; numberOfCodes: number }) {
  if (capacity.codesPerSecond === null || !(numberOfCodes > 0)) return null;
  const seconds = numberOfCodes / capacity.codesPerSecond;
  return (
    <Text size="sm" c="dimmed">
      {seconds < 1 ? 'Less than a second' : `About ${formatDuration(seconds)}`} on this server
    </Text>
  );
}
