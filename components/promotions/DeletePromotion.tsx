'use client';

import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { callAction } from '#components/forms/callAction.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { formatCount } from '#lib/format/number';
import type { PromotionView } from '#lib/promotions/query';

type Props = { opened: boolean; onClose: () => void; promotion: PromotionView; deletePromotion: PromotionActions['delete'] };

/** Asks before a promotion goes, and says how many codes go with it. */
export function DeletePromotion({ opened, onClose, promotion, deletePromotion }: Props) {
  const router = useRouter();
  const { id, name, codeCount, activeJob } = promotion;
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => callAction(deletePromotion, { promotionId: id, code_count: codeCount }),
    onSuccess: (deleted) => {
      router.push('/promotions');
      router.refresh();
      const codes = deleted.codes > 0 ? ` and its ${formatCount(deleted.codes, 'code')}` : '';
      const files = deleted.files_left > 0 ? ' Some of its export files could not be removed yet; Promint tries again later.' : '';
      notifications.show({ message: `“${deleted.name}”${codes} deleted.${files}` });
    },
    onError: () => router.refresh(),
  });
  const close = () => {
    reset();
    onClose();
  };
  return (
    <Modal size="lg" opened={opened} onClose={close} title={activeJob ? 'Not while a job is active' : 'Delete this promotion?'}>
      {activeJob ? (
        <Text size="sm">A job of “{name}” is still active. Wait until it has ended, or cancel it; then the promotion can be deleted.</Text>
      ) : (
        <Text size="sm">
          {codeCount > 0
            ? `This permanently deletes “${name}”, its ${formatCount(codeCount, 'code')} (including any already given out), its jobs and its exports.`
            : `This permanently deletes “${name}”, its jobs and its exports. It has no codes.`}
        </Text>
      )}
      {error && (
        <Alert color="red" variant="light" mt="md" icon={<IconAlertCircle />} role="alert">
          {error.message}
        </Alert>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={close} data-autofocus>
          {activeJob ? 'Close' : 'Cancel'}
        </Button>
        {activeJob ? (
          <ButtonLink href={`/promotions/${id}`} onClick={close}>
            See the job
          </ButtonLink>
        ) : (
          <Button color="red" loading={isPending} onClick={() => mutate()}>
            {codeCount > 0 ? `Delete ${formatCount(codeCount, 'code')} and the promotion` : 'Delete the promotion'}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
