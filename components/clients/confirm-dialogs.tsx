import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { RelativeTime } from '#components/ui/RelativeTime.tsx';
import type { ClientView } from '#lib/clients/query';

/** Asks before a client is out for good, and says what that does. */
export function confirmRevoke({ client, onConfirm }: { client: ClientView; onConfirm: () => void }): void {
  modals.openConfirmModal({
    title: `Revoke ${client.name}?`,
    children: (
      <Text size="sm">
        It works at once: its next call is refused, whatever secret or token it has. This cannot be undone. What it made stays.
      </Text>
    ),
    labels: { confirm: 'Revoke', cancel: 'Leave it' },
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

/** Asks before one of two secrets is removed, and says whether it is still in use. */
export function confirmRemoveSecret({ client, secret, which, now, onConfirm }: RemoveSecret): void {
  modals.openConfirmModal({
    title: `Remove the ${which} secret of ${client.name}?`,
    children: (
      <Text size="sm" component="div">
        It was made <RelativeTime at={secret.createdAt.toISOString()} now={now} />{' '}
        {secret.lastUsedAt ? (
          <>
            and last used <RelativeTime at={secret.lastUsedAt.toISOString()} now={now} />.
          </>
        ) : (
          'and never used.'
        )}{' '}
        It stops working at once, and so do the tokens that were got with it. The other secret goes on.
      </Text>
    ),
    labels: { confirm: 'Remove', cancel: 'Leave it' },
    confirmProps: { color: 'red' },
    onConfirm,
  });
}
