import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { AccountPassword } from '#components/account/AccountPassword.tsx';
import { OwnSessions } from '#components/account/OwnSessions.tsx';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import { requirePageUser } from '#lib/auth';
import { databaseNow } from '#lib/database/clock.sql';
import { db } from '#lib/db';
import { roleNames } from '#lib/users/permissions';
import { listOwnSessions } from '#lib/users/sign-in/session.sql';
import { changeOwnPasswordAction, endOwnSessionAction } from './actions.ts';
import classes from './page.module.css';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  const user = await requirePageUser('read');
  return (
    <>
      <PageHeader title="Your account" description={`Signed in as ${user.name}, ${roleNames[user.role].toLowerCase()}.`} />
      <Stack gap="lg" className={classes.sections}>
        <AccountPassword email={user.name} change={changeOwnPasswordAction} />
        <OwnSessions
          sessions={await listOwnSessions(db(), user)}
          currentId={user.sessionId}
          now={(await databaseNow(db())).toISOString()}
          end={endOwnSessionAction}
        />
      </Stack>
    </>
  );
}
