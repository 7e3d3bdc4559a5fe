import { Avatar, Paper } from '@mantine/core';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import { DateTime } from '#components/ui/DateTime.tsx';
import table from '#components/ui/ListTable.module.css';
import { StatusBadge } from '#components/ui/StatusBadge.tsx';
import type { PeopleActions } from '#components/users/actions.ts';
import { PersonMenu } from '#components/users/PersonMenu.tsx';
import { roleNames } from '#lib/users/permissions';
import type { UserView } from '#lib/users/query';
import classes from './PeopleTable.module.css';

type Props = { people: readonly UserView[]; ownId: string; actions: Omit<PeopleActions, 'create'> };

/** Everybody who signs in, one a row; on a phone each is a card. */
export function PeopleTable({ people, ownId, actions }: Props) {
  return (
    <Paper className={table.paper}>
      <table className={`${table.table} ${classes.people}`}>
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
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row" className={classes.person}>
                <Avatar name={person.name} color="mint" size={36} aria-hidden="true" />
                <div className={classes.who}>
                  <span className={classes.name}>{person.name}</span>
                  <span className={classes.email}>{person.email}</span>
                </div>
              </th>
              <td data-label="Role">{roleNames[person.role]}</td>
              <td data-label="Can sign in">
                <div>
                  {person.disabledAt ? <StatusBadge tone="quiet">Switched off</StatusBadge> : <StatusBadge tone="good">Yes</StatusBadge>}
                </div>
              </td>
              <td data-label="Downloads">{person.canDownloadExports ? 'On' : 'Off'}</td>
              <td className={classes.added}>
                <DateTime value={person.createdAt} />
              </td>
              <td className={classes.change}>
                {person.id === ownId ? (
                  <AnchorLink href="/account" size="sm">
                    This is you
                  </AnchorLink>
                ) : (
                  <PersonMenu person={person} actions={actions} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
