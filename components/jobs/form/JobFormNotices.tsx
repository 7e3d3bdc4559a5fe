import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBolt, IconEye, IconHourglass } from '@tabler/icons-react';
import { statusBadges } from '#components/jobs/JobStatusBadge.tsx';
import { jobTitle } from '#components/jobs/labels.ts';
import { formatNumber } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

/** Who may only look is told so, instead of a form that does nothing. */
export function ReadersNotice() {
  return (
    <Alert color="gray" icon={<IconEye aria-hidden />} title="View only">
      Ask an administrator for the merchandiser role to generate codes.
    </Alert>
  );
}

export function AutomaticNotice() {
  return (
    <Alert color="gray" icon={<IconBolt aria-hidden />} title="An automatic promotion has no codes">
      It applies to every cart, so there is nothing to generate. To use codes, create a promotion with codes.
    </Alert>
  );
}

type FullProps = { capacity: PromotionCapacity; onExport: () => void; onRaise: (() => void) | null };

/** Stands instead of the form while no more codes fit, and offers what can be done instead. */
export function FullNotice({ capacity: { codeCount, maxCodes, activeJob }, onExport, onRaise }: FullProps) {
  return (
    <Paper component="section" p="lg" aria-labelledby="full">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4" id="full">
          This promotion is full
        </Title>
        <Text size="sm">
          {formatNumber(codeCount)} of {formatNumber(maxCodes)} codes exist
          {codeCount < maxCodes && activeJob ? `, and “${jobTitle(activeJob)}” takes the rest` : ''}.
          {!onRaise && ' An administrator can raise the maximum.'}
        </Text>
        <Group gap="xs">
          <Button onClick={onExport}>Export codes</Button>
          {onRaise && (
            <Button variant="default" onClick={onRaise}>
              Raise the maximum
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

/** Confirms a submission beside its button, which stays disabled, and offers a new form. */
export function SubmittedNotice({ outcome, onAnother }: { outcome: { repeated: boolean } | null; onAnother: () => void }) {
  return (
    <Group gap="xs" role="status">
      {outcome && (
        <>
          <Text size="sm">{outcome.repeated ? 'This job was already created. There is no second one.' : 'Job created.'}</Text>
          <Button variant="subtle" size="compact-sm" onClick={onAnother}>
            Set up another job
          </Button>
        </>
      )}
    </Group>
  );
}

/** Which job holds the promotion's one place, and how far it is. Nothing when none does. */
export function ActiveJobNotice({ capacity }: { capacity: PromotionCapacity }) {
  const job = capacity.activeJob;
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
