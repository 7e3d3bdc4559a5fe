import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBolt, IconEye, IconHourglass } from '@tabler/icons-react';
import { statusBadges } from '#components/jobs/JobStatusBadge.tsx';
import { jobTitle } from '#components/jobs/labels.ts';
import { formatNumber } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

/** Replaces the form for a role that cannot create jobs. */
export function ViewOnlyNotice() {
  return (
    <Alert color="gray" icon={<IconEye aria-hidden />} title="View only">
      Ask an administrator for the merchandiser role to generate codes.
    </Alert>
  );
}

/** Explains why codes cannot be generated for an automatic promotion. */
export function AutomaticNotice() {
  return (
    <Alert color="gray" icon={<IconBolt aria-hidden />} title="An automatic promotion has no codes">
      It applies to every cart, so there is nothing to generate. To use codes, create a promotion with codes.
    </Alert>
  );
}

type FullProps = { promotion: PromotionCapacity; onExport: () => void; onSetMaxCodes: (() => void) | null };

/** Replaces the form while the promotion is full, and offers what is still possible. */
export function FullNotice({ promotion: { codeCount, maxCodes, activeJob }, onExport, onSetMaxCodes }: FullProps) {
  return (
    <Paper component="section" p="lg" aria-labelledby="full">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4" id="full">
          This promotion is full
        </Title>
        <Text size="sm">
          {formatNumber(codeCount)} of {formatNumber(maxCodes)} codes exist
          {codeCount < maxCodes && activeJob ? `, and “${jobTitle(activeJob)}” uses the rest` : ''}.
          {!onSetMaxCodes && ' An administrator can raise the maximum.'}
        </Text>
        <Group gap="xs">
          <Button onClick={onExport}>Export codes</Button>
          {onSetMaxCodes && (
            <Button variant="default" onClick={onSetMaxCodes}>
              Raise the maximum
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

/** Confirms a submission next to its disabled button, and offers an empty form. */
export function SubmittedNotice({ submission, onReset }: { submission: { repeated: boolean } | null; onReset: () => void }) {
  return (
    <Group gap="xs" role="status">
      {submission && (
        <>
          <Text size="sm">{submission.repeated ? 'This job was already created. There is no second one.' : 'Job created.'}</Text>
          <Button variant="subtle" size="compact-sm" onClick={onReset}>
            Create another job
          </Button>
        </>
      )}
    </Group>
  );
}

/** Names the active job of the promotion, if any. It blocks another one. */
export function ActiveJobNotice({ promotion }: { promotion: PromotionCapacity }) {
  const job = promotion.activeJob;
  return (
    <div role="status">
      {job && (
        <Alert
          color="blue"
          icon={<IconHourglass aria-hidden />}
          title={`“${jobTitle(job)}” is ${statusBadges[job.status].label.toLowerCase()}`}
        >
          <Text size="sm">Only one job runs per promotion. You can prepare the next one now.</Text>
        </Alert>
      )}
    </div>
  );
}
