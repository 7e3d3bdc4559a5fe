'use client';

import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { deviceName } from '#components/account/device.ts';
import { callAction } from '#components/forms/callAction.ts';
import { FormSection } from '#components/forms/FormSection.tsx';
import { RelativeTime } from '#components/ui/RelativeTime.tsx';
import { StatusBadge } from '#components/ui/StatusBadge.tsx';
import type { EndOwnSession } from '#components/users/actions.ts';
import type { OwnSession } from '#lib/users/query';
import classes from './OwnSessions.module.css';

type Props = { sessions: readonly OwnSession[]; currentId: string; now: string; end: EndOwnSession };

/** The browsers in which the user is signed in, each with a button that signs it out. */
export function OwnSessions({ sessions, currentId, now, end }: Props) {
  return (
    <FormSection title="Where you're signed in" description="Sign out any device that you don't recognize, then change your password.">
      <ul className={classes.list}>
        {sessions.map((session) => (
          <li key={session.id} className={classes.session}>
            <div className={classes.about}>
              <span className={classes.device}>{deviceName(session.userAgent)}</span>
              <Text size="xs" c="dimmed" component="div">
                {session.address && <>{session.address} · </>}
                signed in <RelativeTime at={session.createdAt.toISOString()} now={now} />
                {session.id !== currentId && (
                  <>
                    {' '}
                    · last seen <RelativeTime at={session.lastSeenAt.toISOString()} now={now} />
                  </>
                )}
              </Text>
            </div>
            {session.id === currentId ? (
              <StatusBadge tone="good">This device</StatusBadge>
            ) : (
              <EndSessionButton id={session.id} device={deviceName(session.userAgent)} end={end} />
            )}
          </li>
        ))}
      </ul>
    </FormSection>
  );
}

function EndSessionButton({ id, device, end }: { id: string; device: string; end: EndOwnSession }) {
  const router = useRouter();
  const { mutate, isPending } = useMutation({
    mutationFn: () => callAction(end, { session_id: id }),
    onSuccess: () => notifications.show({ message: `${device} is signed out.` }),
    onError: ({ message }) => notifications.show({ color: 'red', title: 'Not signed out', message }),
    onSettled: () => router.refresh(),
  });
  return (
    <Button size="compact-sm" variant="default" flex="none" loading={isPending} onClick={() => mutate()} aria-label={`Sign out ${device}`}>
      Sign out
    </Button>
  );
}
