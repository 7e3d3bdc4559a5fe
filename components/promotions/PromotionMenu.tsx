'use client';

import { Button, Group, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconArrowUpRight, IconChevronDown, IconCopy, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { callAction } from '#components/forms/callAction.ts';
import { notifyFailure } from '#components/forms/showProblems.ts';
import { startSubmission, useSubmission } from '#components/forms/submission.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { DeletePromotion } from '#components/promotions/DeletePromotion.tsx';
import { SetMaxCodes } from '#components/promotions/SetMaxCodes.tsx';
import { formatNumber } from '#lib/format/number';
import type { PromotionView } from '#lib/promotions/query';
import { promotionLimits } from '#lib/promotions/schema';

type Props = {
  promotion: PromotionView;
  actions: Pick<PromotionActions, 'update' | 'duplicate' | 'delete' | 'raise'>;
  mayAdminister: boolean;
};

/** What can be done with a promotion from any of its pages. */
export function PromotionMenu({ promotion, actions, mayAdminister }: Props) {
  const router = useRouter();
  const more = useRef<HTMLButtonElement>(null);
  const [deleting, deletion] = useDisclosure();
  const [raising, raise] = useDisclosure();
  const { id: promotionId, enabled } = promotion;
  const copying = `duplicate ${promotionId}`;
  /** A dialog gives the focus back to where it was, and the menu's item is gone by then. */
  const fromMenu = (open: () => void) => () => {
    more.current?.focus();
    open();
  };

  const toggle = useMutation({
    mutationFn: () => callAction(actions.update, { promotionId, enabled: !enabled }),
    onSuccess: ({ name }) => {
      router.refresh();
      notifications.show({ message: `“${name}” is ${enabled ? 'off' : 'on'}.` });
    },
    onError: notifyFailure,
  });
  const copy = useSubmission(copying, (input: { promotionId: string }, key) => callAction(actions.duplicate, input, key));
  const duplicate = useMutation({
    mutationFn: () => copy({ promotionId }),
    onSuccess: ({ id, name, maxCodes }) => {
      router.push(`/promotions/${id}/edit`);
      const fewer = maxCodes < promotion.maxCodes;
      const room = fewer ? ` Its maximum is ${formatNumber(promotionLimits.defaultMaxCodes)} codes; an administrator can raise it.` : '';
      notifications.show({ message: `Copied as “${name}”. It's off and has no codes yet.${room}` });
    },
    onError: notifyFailure,
  });

  return (
    <Group gap="xs">
      {promotion.status !== 'ended' && (
        <Button variant="default" loading={toggle.isPending} onClick={() => toggle.mutate()}>
          {enabled ? 'Switch off' : 'Switch on'}
        </Button>
      )}
      <Menu position="bottom-end" width={230} onOpen={() => startSubmission(copying)}>
        <Menu.Target>
          <Button
            ref={more}
            variant="default"
            loading={duplicate.isPending}
            rightSection={<IconChevronDown size={16} aria-hidden="true" />}
          >
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={17} aria-hidden="true" />} onClick={() => duplicate.mutate()}>
            Duplicate
          </Menu.Item>
          {mayAdminister && !promotion.automatic && (
            <Menu.Item leftSection={<IconArrowUpRight size={17} aria-hidden="true" />} onClick={fromMenu(raise.open)}>
              Change the maximum of codes
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={17} aria-hidden="true" />} onClick={fromMenu(deletion.open)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeletePromotion opened={deleting} onClose={deletion.close} promotion={promotion} deletePromotion={actions.delete} />
      {mayAdminister && (
        <SetMaxCodes opened={raising} onClose={raise.close} promotion={promotion} raise={actions.raise} update={actions.update} />
      )}
    </Group>
  );
}
