import { Alert, Text } from '@mantine/core';
import { IconBolt, IconEye, IconHourglass } from '@tabler/icons-react';
import { statusLooks } from '#components/jobs/JobStatusBadge';
import { jobTitle } from '#components/jobs/words';
import type { PromotionRoom } from '#lib/jobs/list/job-row';

/** Who may only look is told so, instead of a form that does nothing. */
export function ReadersNotice() {
  return (
    <Alert color="gray" icon={<IconEye aria-hidden />} title="You can look at jobs, not start them">
      Your role is viewer. An administrator can make you a merchandiser; then you can ask for codes here.
    </Alert>
  );
}

export function AutomaticNotice() {
  return (
    <Alert color="gray" icon={<IconBolt aria-hidden />} title="An automatic promotion has no codes">
      It applies to carts by itself, so there is nothing to generate. For codes, make a promotion that is not automatic.
    </Alert>
  );
}

/** Which job holds the promotion's one place, and how far it is. Nothing when none does. */
export function ActiveJobNotice({ room }: { room: PromotionRoom }) {
  const job = room.activeJob;
  return (
    <div role="status">
      {job && (
        <Alert
          color="blue"
          icon={<IconHourglass aria-hidden />}
          title={`“${jobTitle(job)}” is ${statusLooks[job.status].label.toLowerCase()}`}
        >
          <Text size="sm">A promotion takes one job at a time. You can fill in the next one meanwhile.</Text>
        </Alert>
      )}
    </div>
  );
}
