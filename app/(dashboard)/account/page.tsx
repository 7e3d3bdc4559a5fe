import type { Metadata } from 'next';
import { PageHeader } from '#components/shell/PageHeader';
import { ChangePasswordForm } from '#components/users/ChangePasswordForm';
import { requirePageUser } from '#lib/auth';
import { roleNames } from '#lib/users/permissions';
import { changeOwnPasswordAction } from './actions.ts';
import classes from './page.module.css';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  const user = await requirePageUser('read');
  return (
    <>
      <PageHeader title="Your account" description={`Signed in as ${user.name}, ${roleNames[user.role].toLowerCase()}.`} />
      <div className={classes.form}>
        <ChangePasswordForm email={user.name} change={changeOwnPasswordAction} />
      </div>
    </>
  );
}
