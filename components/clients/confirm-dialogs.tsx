import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { RelativeTime } from '#components/ui/RelativeTime.tsx';
import type { ClientView } from '#lib/clients/query';

/** Asks for confirmation before a client is revoked for good. */
export function confirmRevoke({ client, onConfirm }: { client: ClientView; onConfirm: () => void }): void {
  modals.openConfirmModal({
    title: `Revoke ${client.name}?`,
    children: (
      <Text size="sm">Takes effect immediately: all its secrets and tokens stop working. This can't be undone. What it created stays.</Text>
    ),
    labels: { confirm: 'Revoke', cancel: 'Cancel' },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}

type RemoveSecret = {
  client: ClientView;
  secret: ClientView['secrets'][number];
  which: 'older' | 'newer';
  now: string;
  onConfirm: () => void;
};

/** Asks for confirmation before one of two secrets is removed, and says when it was last used. */
export function confirmRemoveSecret({ client, secret, which, now, onConfirm }: RemoveSecret): void {
  modals.openConfirmModal({
    title: `Remove the ${which} secret of ${client.name}?`,
    children: (
      <Text size="sm" component="div">
        It was created <RelativeTime at={secret.createdAt.toISOString()} now={now} />{' '}
        {secret.lastUsedAt ? (
          <>
            and last used <RelativeTime at={secret.lastUsedAt.toISOString()} now={now} />.
          </>
        ) : (
          'and never used.'
        )}{' '}
        This secret and the tokens requested with it stop working immediately. The other secret keeps working.
      </Text>
    ),
    labels: { confirm: 'Remove', cancel: 'Cancel' },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}
