import { Paper, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import type { ClientActions } from '#components/clients/actions.ts';
import { ClientMenu } from '#components/clients/ClientMenu.tsx';
import { roleLabels, stateLabels } from '#components/clients/labels.ts';
import { DateTime } from '#components/ui/DateTime.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import table from '#components/ui/ListTable.module.css';
import { RelativeTime } from '#components/ui/RelativeTime.tsx';
import { StatusBadge } from '#components/ui/StatusBadge.tsx';
import type { ClientView } from '#lib/clients/query';
import classes from './clients.module.css';

type Props = { clients: readonly ClientView[]; now: string; actions: Omit<ClientActions, 'create'> };

/** All API clients, one per row; on a phone each is a card. */
export function ClientsTable({ clients, now, actions }: Props) {
  if (clients.length === 0) {
    return (
      <EmptyState
        icon={<IconPlugConnected size={28} stroke={1.6} />}
        title="No API clients yet"
        description="A shop, a newsletter tool or a script can create promotions and codes through the API. Create a client for each program, so that you can revoke one without the others."
      />
    );
  }
  return (
    <Paper className={table.paper}>
      <table className={`${table.table} ${classes.clients}`} aria-label="API clients">
        <thead>
          <tr>
            <th scope="col">Client</th>
            <th scope="col">State</th>
            <th scope="col">Last used</th>
            <th scope="col">Expires</th>
            <th scope="col">Secrets</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {clients.map((client) => (
            <ClientRow key={client.id} client={client} now={now} actions={actions} />
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

function ClientRow({ client, now, actions }: { client: ClientView } & Omit<Props, 'clients'>) {
  const { name, role, state, lastUsedAt, expiresAt, revokedAt, secrets } = client;
  const { label, tone } = stateLabels[state];
  return (
    <tr>
      <th scope="row">
        <span className={table.name}>{name}</span>
        <Text size="xs" c="dimmed">
          {roleLabels[role].title}
        </Text>
      </th>
      <td data-label="State">
        <div>
          <StatusBadge tone={tone}>{label}</StatusBadge>
          {revokedAt && (
            <Text size="xs" c="dimmed" mt={4} component="div">
              <RelativeTime at={revokedAt.toISOString()} now={now} />
            </Text>
          )}
        </div>
      </td>
      <td data-label="Last used">{lastUsedAt ? <RelativeTime at={lastUsedAt.toISOString()} now={now} /> : 'Never'}</td>
      <td data-label="Expires">{expiresAt ? <DateTime value={expiresAt} as="end" /> : 'Never'}</td>
      <td data-label="Secrets">
        {state === 'revoked' ? (
          'None'
        ) : (
          <div>
            {secrets.length === 1 ? 'One' : 'Two'}
            <ul className={classes.secrets}>
              {secrets.map(({ id, createdAt, lastUsedAt }) => (
                <li key={id}>
                  created <DateTime value={createdAt} />,{' '}
                  {lastUsedAt ? (
                    <>
                      last used <RelativeTime at={lastUsedAt.toISOString()} now={now} />
                    </>
                  ) : (
                    'never used'
                  )}
                </li>
              ))}
            </ul>
          </div>
        )}
      </td>
      <td className={classes.change}>{state !== 'revoked' && <ClientMenu client={client} now={now} actions={actions} />}</td>
    </tr>
  );
}
