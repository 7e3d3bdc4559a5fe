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
  actions: Pick<PromotionActions, 'update' | 'duplicate' | 'delete' | 'setMaxCodes'>;
  mayAdminister: boolean;
};

/** The buttons and the menu of a promotion, shown on all of its pages. */
export function PromotionMenu({ promotion, actions, mayAdminister }: Props) {
  const router = useRouter();
  const menuButton = useRef<HTMLButtonElement>(null);
  const [deleting, deleteDialog] = useDisclosure();
  const [settingMaxCodes, maxCodesDialog] = useDisclosure();
  const { id: promotionId, enabled } = promotion;
  const duplicateSubmission = `duplicate ${promotionId}`;
  /** A dialog returns the focus to the element that had it, and the menu item no longer exists then. */
  const fromMenu = (open: () => void) => () => {
    menuButton.current?.focus();
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
  const copy = useSubmission(duplicateSubmission, (input: { promotionId: string }, key) => callAction(actions.duplicate, input, key));
  const duplicate = useMutation({
    mutationFn: () => copy({ promotionId }),
    onSuccess: ({ id, name, maxCodes }) => {
      router.push(`/promotions/${id}/edit`);
      const fewer = maxCodes < promotion.maxCodes;
      const maximum = fewer ? ` Its maximum is ${formatNumber(promotionLimits.defaultMaxCodes)} codes; an administrator can raise it.` : '';
      notifications.show({ message: `Copied as “${name}”. It's off and has no codes yet.${maximum}` });
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
      <Menu position="bottom-end" width={250} onOpen={() => startSubmission(duplicateSubmission)}>
        <Menu.Target>
          <Button
            ref={menuButton}
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
            <Menu.Item leftSection={<IconArrowUpRight size={17} aria-hidden="true" />} onClick={fromMenu(maxCodesDialog.open)}>
              Set maximum number of codes
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={17} aria-hidden="true" />} onClick={fromMenu(deleteDialog.open)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeletePromotion opened={deleting} onClose={deleteDialog.close} promotion={promotion} deletePromotion={actions.delete} />
      {mayAdminister && (
        <SetMaxCodes
          opened={settingMaxCodes}
          onClose={maxCodesDialog.close}
          promotion={promotion}
          setMaxCodes={actions.setMaxCodes}
          update={actions.update}
        />
      )}
    </Group>
  );
}
