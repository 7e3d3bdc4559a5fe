import { Avatar, Paper } from '@mantine/core';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import table from '#components/ui/ListTable.module.css';
import { StatusBadge } from '#components/ui/StatusBadge.tsx';
import type { UserActions } from '#components/users/actions.ts';
import { UserMenu } from '#components/users/UserMenu.tsx';
import { roleNames } from '#lib/users/permissions';
import type { UserView } from '#lib/users/query';
import classes from './UsersTable.module.css';

type Props = { users: readonly UserView[]; ownId: string; actions: Omit<UserActions, 'create'> };

/** All users, one per row; on a phone each is a card. */
export function UsersTable({ users, ownId, actions }: Props) {
  return (
    <Paper className={table.paper}>
      <table className={`${table.table} ${classes.users}`}>
        <thead>
          <tr>
            <th scope="col">User</th>
            <th scope="col">Role</th>
            <th scope="col">Can sign in</th>
            <th scope="col">Export downloads</th>
            <th scope="col">Added</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id}>
              <th scope="row" className={classes.user}>
                <Avatar name={user.name} color="mint" size={36} aria-hidden="true" />
                <div className={classes.identity}>
                  <span className={classes.name}>{user.name}</span>
                  <span className={classes.email}>{user.email}</span>
                </div>
              </th>
              <td data-label="Role">{roleNames[user.role]}</td>
              <td data-label="Can sign in">
                <div>
                  {user.disabledAt ? <StatusBadge tone="quiet">Switched off</StatusBadge> : <StatusBadge tone="good">Yes</StatusBadge>}
                </div>
              </td>
              <td data-label="Downloads">{user.canDownloadExports ? 'On' : 'Off'}</td>
              <td className={classes.added}>
                <DateTime value={user.createdAt} />
              </td>
              <td className={classes.change}>
                {user.id === ownId ? (
                  <AnchorLink href="/account" size="sm">
                    This is you
                  </AnchorLink>
                ) : (
                  <UserMenu user={user} actions={actions} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
