import type { Metadata } from 'next';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import { AddUser } from '#components/users/AddUser.tsx';
import { UsersTable } from '#components/users/UsersTable.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { listUsers } from '#lib/users/query';
import { changeRoleAction, createUserAction, resetPasswordAction, setExportDownloadsAction, setUserEnabledAction } from './actions.ts';

export const metadata: Metadata = { title: 'Users' };

export default async function UsersPage() {
  const user = await requirePageUser('administer');
  return (
    <>
      <PageHeader
        title="Users"
        description="Who can sign in and what they can do. Only another administrator can change your role."
        actions={<AddUser create={createUserAction} />}
      />
      <UsersTable
        users={await listUsers(db())}
        ownId={user.id}
        actions={{
          changeRole: changeRoleAction,
          setEnabled: setUserEnabledAction,
          setExportDownloads: setExportDownloadsAction,
          resetPassword: resetPasswordAction,
        }}
      />
    </>
  );
}
