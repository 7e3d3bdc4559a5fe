import { Alert, Button, Text } from '@mantine/core';
import { IconCalendarDue } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { callAction } from '#components/forms/callAction.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { formatEnd } from '#lib/format/dates';
import { formatNumber } from '#lib/format/number';
import { promotionLimits } from '#lib/promotions/schema';

const { defaultMaxCodes, daysAboveDefault } = promotionLimits;

type Props = {
  promotionId: string;
  end: Date;
  /** The last end that the promotion can have with this many codes. */
  latestEnd: Date;
  now: Date;
  update: PromotionActions['update'];
  /** Runs after the end was changed or the change failed. */
  onSettled?: () => void;
};

/** A warning that the promotion runs too long for its number of codes, with a button that moves its end. */
export function EndDateWarning({ promotionId, end, latestEnd, now, update, onSettled }: Props) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => callAction(update, { promotionId, end: latestEnd.toISOString(), read: { end: end.toISOString() } }),
    onSuccess: () => router.refresh(),
    onSettled,
  });
  const latest = formatEnd(latestEnd, timeZone);
  const passed = latestEnd <= now;
  return (
    <Alert color="orange" icon={<IconCalendarDue aria-hidden />} title="This promotion runs too long for this many codes" role="status">
      <Text size="sm">
        With more than {formatNumber(defaultMaxCodes)} codes it must end within {daysAboveDefault} days of its start, by {latest}. It ends
        on {formatEnd(end, timeZone)}.{passed && ' That date has passed: duplicate the promotion and give the copy a new start date.'}
      </Text>
      {!passed && (
        <Button size="xs" mt="sm" loading={isPending} onClick={() => mutate()}>
          End it on {latest}
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
