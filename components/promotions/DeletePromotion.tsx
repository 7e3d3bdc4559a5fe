'use client';

import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { callAction } from '#components/forms/callAction.ts';
import { jobHref } from '#components/jobs/hrefs.ts';
import { watchJob } from '#components/jobs/watched-jobs.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { formatCount } from '#lib/format/number';
import type { PromotionView } from '#lib/promotions/query';
import { type DeletedPromotion, promotionLimits } from '#lib/promotions/schema';

type Props = { opened: boolean; onClose: () => void; promotion: PromotionView; deletePromotion: PromotionActions['delete'] };

/** Confirms the deletion of a promotion, and says how many codes are deleted with it and whether a job does it. */
export function DeletePromotion({ opened, onClose, promotion, deletePromotion }: Props) {
  const router = useRouter();
  const { id, name, codeCount, activeJob } = promotion;
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => callAction(deletePromotion, { promotionId: id, code_count: codeCount }),
    onSuccess: (deleted) => {
      if (deleted.job_id !== null) watchJob(deleted.job_id);
      router.push(deleted.job_id === null ? '/promotions' : jobHref({ id: deleted.job_id, promotionId: id, jobType: 'promotion_delete' }));
      router.refresh();
      notifications.show({ message: deletedText(deleted) });
    },
    onError: () => router.refresh(),
  });
  const close = () => {
    reset();
    onClose();
  };
  return (
    <Modal size="lg" opened={opened} onClose={close} title={activeJob ? 'Not while a job is active' : 'Delete this promotion?'}>
      <Text size="sm">{activeJob ? activeJobText(name) : warning(promotion)}</Text>
      {!activeJob && codeCount > promotionLimits.codesDeletedAtOnce && (
        <Text size="sm" mt="sm">
          A job deletes this many codes; you can watch it under Jobs. The promotion disappears at once, and other promotions can use its
          codes right away. The job can't be cancelled.
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
            {codeCount > 0 ? `Delete with ${formatCount(codeCount, 'code')}` : 'Delete the promotion'}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

function activeJobText(name: string): string {
  return `A job of “${name}” is still active. Wait until it has ended, or cancel it; then the promotion can be deleted.`;
}

function warning({ name, codeCount }: PromotionView): string {
  if (codeCount === 0) return `This permanently deletes “${name}”, its jobs and its exports. It has no codes.`;
  return `This permanently deletes “${name}”, its ${formatCount(codeCount, 'code')} (including any already given out), its jobs and its exports.`;
}

function deletedText(deleted: DeletedPromotion): string {
  const { name } = deleted;
  if (deleted.job_id !== null) return `“${name}” and its ${formatCount(deleted.codes, 'code')} are being deleted.`;
  const codes = deleted.codes > 0 ? ` and its ${formatCount(deleted.codes, 'code')}` : '';
  const files = deleted.files_left > 0 ? ' Some of its export files could not be removed yet; Promint tries again later.' : '';
  return `“${name}”${codes} deleted.${files}`;
}
