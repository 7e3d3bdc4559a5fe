'use client';

import { Alert, Button, Text } from '@mantine/core';
import { IconCalendarDue } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { callAction } from '#components/forms/callAction.ts';
import { jobsKey } from '#components/jobs/jobs-query.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { formatEnd } from '#lib/format/dates';
import { formatNumber } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';
import { promotionLimits } from '#lib/promotions/schema';

const { defaultMaxCodes, daysAboveDefault } = promotionLimits;

type Props = { capacity: PromotionCapacity; numberOfCodes: number; update: PromotionActions['update'] };

/** Too many codes for how long the promotion runs: says so, and ends it in time with one click. */
export function EndDateOffer({ capacity, numberOfCodes, update }: Props) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const timeZone = useTimeZone();
  const { id: promotionId, end, latestEndAbove1000: latest } = capacity;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => callAction(update, { promotionId, end: latest, read: { end } }),
    onSuccess: () => router.refresh(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: jobsKey }),
  });
  if (!(numberOfCodes > defaultMaxCodes) || end <= latest) return null;
  const by = formatEnd(new Date(latest), timeZone);
  const passed = latest <= capacity.now;
  return (
    <Alert color="orange" icon={<IconCalendarDue aria-hidden />} title="This promotion runs too long for so many codes" role="status">
      <Text size="sm">
        With more than {formatNumber(defaultMaxCodes)} codes it must end within {daysAboveDefault} days of its start, by {by}. It ends on{' '}
        {formatEnd(new Date(end), timeZone)}.
        {passed && ' That day has passed: duplicate the promotion, give the copy a new start, and generate the codes there.'}
      </Text>
      {!passed && (
        <Button size="xs" mt="sm" loading={isPending} onClick={() => mutate()}>
          End it on {by}
        </Button>
      )}
      {error && (
        <Text size="sm" c="red" mt="xs" role="alert">
          {error.message}
        </Text>
      )}
    </Alert>
  );
}
