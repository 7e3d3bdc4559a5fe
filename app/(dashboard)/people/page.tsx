import type { Metadata } from 'next';
import { PageHeader } from '#components/shell/PageHeader';
import { AddPerson } from '#components/users/AddPerson';
import { PeopleTable } from '#components/users/PeopleTable';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { listUsers } from '#lib/users/query';
import { changeRoleAction, createUserAction, resetPasswordAction, switchUserAction } from './actions.ts';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage() {
  const user = await requirePageUser('administer');
  return (
    <>
      <PageHeader
        title="People"
        description="Who can sign in, and what they may do. Your own role is for another administrator to change."
        actions={<AddPerson create={createUserAction} />}
      />
      <PeopleTable
        people={await listUsers(db())}
        ownId={user.id}
        actions={{ changeRole: changeRoleAction, switch: switchUserAction, resetPassword: resetPasswordAction }}
      />
    </>
  );
}
