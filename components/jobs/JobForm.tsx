'use client';

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { CodesAsked } from '#components/jobs/CodesAsked';
import { EndDateOffer } from '#components/jobs/EndDateOffer';
import { ExportPreview } from '#components/jobs/ExportPreview';
import { ExportWords } from '#components/jobs/ExportWords';
import { checkJobForm } from '#components/jobs/form-fields';
import { GenerateFields } from '#components/jobs/GenerateFields';
import { JobKind, JobName } from '#components/jobs/JobBasics';
import { ActiveJobNotice, AutomaticNotice } from '#components/jobs/JobFormNotice';
import { JobPreview } from '#components/jobs/JobPreview';
import { jobsKey } from '#components/jobs/jobs-query';
import { RaiseRoom } from '#components/jobs/RaiseRoom';
import { codesLeft, roomProblem } from '#components/jobs/room';
import { watchJob } from '#components/jobs/watched-jobs';
import { counted, duration } from '#components/jobs/words';
import type { PromotionActions } from '#components/promotions/actions';
import { showProblems } from '#components/shell/showProblems';
import { type ActionResult, unwrap } from '#lib/action-result';
import { jobLimits } from '#lib/jobs/limits';
import type { PromotionRoom } from '#lib/jobs/list/job-row';
import type { CreateJobFields, CreateJobInput } from '#lib/jobs/schema';
import type { JobType } from '#prisma/enums';
import classes from './form.module.css';

export type JobFormActions = {
  create: (input: CreateJobInput & { promotion_id: string }) => Promise<ActionResult<{ id: string }>>;
} & Pick<PromotionActions, 'raise' | 'update'>;

const oftenAsked = 1_000;

function usuallyAsked(left: number): number {
  return Math.max(1, Math.min(oftenAsked, left));
}

function startingValues(room: PromotionRoom, jobType: JobType = 'code_generate'): CreateJobFields {
  const parameters = {
    number_of_codes: usuallyAsked(codesLeft(room)),
    code_length: jobLimits.codeLength.default,
    code_prefix: '',
    consume_unit: 'per_cart',
    max_uses_per_code: 1,
  } as const;
  return { job_type: room.automatic ? 'code_export' : jobType, name: '', parameters };
}

type Props = {
  room: PromotionRoom;
  /** What it asks for at first. */
  jobType?: JobType;
  actions: JobFormActions;
  mayAdminister: boolean;
};

/** Asks for codes, or for a file of them. What the server refuses lands at the same fields as what the form does. */
export function JobForm({ room, jobType: startsWith, actions, mayAdminister }: Props) {
  const { control, handleSubmit, setError, setFocus, resetField } = useForm<CreateJobFields, unknown, CreateJobInput>({
    resolver: checkJobForm,
    mode: 'onTouched',
    defaultValues: startingValues(room, startsWith),
  });
  const [raises, raising] = useDisclosure();
  const queryClient = useQueryClient();
  const [jobType, numberOfCodes] = useWatch({ control, name: ['job_type', 'parameters.number_of_codes'] });
  const generates = jobType === 'code_generate';
  // A text that is no number stands in the form as it was typed.
  const asked = typeof numberOfCodes === 'number' ? numberOfCodes : 0;

  const { mutate, isPending } = useMutation({
    mutationFn: (input: CreateJobInput) => unwrap(actions.create({ ...input, promotion_id: room.id })),
    onSuccess: ({ id }, input) => {
      watchJob(id);
      resetField('name');
      // What was just asked for must not stand there as too much for the room that is left.
      const asked = input.job_type === 'code_generate' ? input.parameters.number_of_codes : 0;
      resetField('parameters.number_of_codes', { defaultValue: usuallyAsked(codesLeft(room) - asked) });
    },
    onError: (refusal) => showProblems(refusal, setError),
    onSettled: () => queryClient.invalidateQueries({ queryKey: jobsKey }),
  });

  const submit = handleSubmit((input) => {
    const tooMany = input.job_type === 'code_generate' && roomProblem(room, input.parameters.number_of_codes);
    if (tooMany) setFocus('parameters.number_of_codes');
    else mutate(input);
  });

  return (
    <>
      <Paper component="form" withBorder onSubmit={submit} noValidate aria-labelledby="new-job" className={classes.form}>
        <Stack className={classes.fields}>
          <Group justify="space-between">
            <Title order={2} size="h4" id="new-job">
              New job
            </Title>
            <JobKind control={control} automatic={room.automatic} />
          </Group>
          {room.automatic && <AutomaticNotice />}
          {generates ? (
            <GenerateFields control={control}>
              <CodesAsked control={control} room={room} onRaise={mayAdminister ? raising.open : null} />
              <JobName control={control} />
            </GenerateFields>
          ) : (
            <>
              <ExportWords room={room} />
              <JobName control={control} />
            </>
          )}
          {generates && <EndDateOffer room={room} numberOfCodes={asked} update={actions.update} />}
        </Stack>
        <div className={classes.preview}>{generates ? <JobPreview control={control} room={room} /> : <ExportPreview />}</div>
        <Stack className={classes.submit} gap="sm">
          <ActiveJobNotice room={room} />
          <Group>
            <Button
              type="submit"
              loading={isPending}
              disabled={room.activeJob !== null}
              className={classes.button}
              // The field that is left is checked then, and its error must not move this away before the click is whole.
              onMouseDown={(event) => event.preventDefault()}
            >
              {generates ? `Generate ${asked > 0 ? counted(asked, 'code') : 'codes'}` : 'Export codes'}
            </Button>
            {generates && <TimeNeeded room={room} numberOfCodes={asked} />}
          </Group>
        </Stack>
      </Paper>
      {/* A form of its own, so it stands beside this one. */}
      <RaiseRoom room={room} raise={actions.raise} update={actions.update} opened={raises} onClose={raising.close} />
    </>
  );
}

function TimeNeeded({ room, numberOfCodes }: { room: PromotionRoom; numberOfCodes: number }) {
  if (room.codesPerSecond === null || !(numberOfCodes > 0)) return null;
  const seconds = numberOfCodes / room.codesPerSecond;
  return (
    <Text size="sm" c="dimmed">
      Takes {seconds < 1 ? 'less than a second' : `about ${duration(seconds)}`} at the rate of this server
    </Text>
  );
}
