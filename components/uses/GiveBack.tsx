'use client';

import { Button, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { callAction } from '#components/forms/callAction.ts';
import { notifyFailure } from '#components/forms/showProblems.ts';
import type { UsesActions } from '#components/uses/actions.ts';
import { formatCount } from '#lib/format/number';
import type { ListedRedemption } from '#lib/redemptions/query';

type Props = { redemption: ListedRedemption; giveBack: UsesActions['giveBack'] };

/** Gives the uses of a code in a redemption back, after a confirmation. */
export function GiveBack({ redemption, giveBack }: Props) {
  const router = useRouter();
  const { redemptionId: redemption_id, code, quantity, returned, order } = redemption;
  const uses = formatCount(quantity - returned, 'use');
  const { mutate, isPending } = useMutation({
    mutationFn: () => callAction(giveBack, { redemption_id, code, quantity }),
    onSuccess: () => notifications.show({ message: `${uses} of ${code} given back.` }),
    onError: notifyFailure,
    onSettled: () => router.refresh(),
  });
  const confirm = () =>
    modals.openConfirmModal({
      title: `Give back ${uses}?`,
      children: <Text size="sm">{warning(redemption, uses)}</Text>,
      labels: { confirm: `Give back ${uses}`, cancel: 'Cancel' },
      onConfirm: mutate,
    });
  return (
    <Button
      variant="default"
      size="xs"
      loading={isPending}
      onClick={confirm}
      aria-label={`Give back: ${code}${order === null ? '' : `, order ${order}`}`}
    >
      Give back
    </Button>
  );
}

function warning({ code, order, status }: ListedRedemption, uses: string): string {
  const what = `${uses} of ${code}${order === null ? '' : ` in order ${order}`}`;
  const held = status === 'held' ? ' The shop holds the code for a payment that may still succeed.' : '';
  return `${what} no longer counts, and the code can be used that often again. The order itself does not change: tell the shop.${held} This can't be undone.`;
}
