import { Anchor } from '@mantine/core';
import type { Metadata } from 'next';
import { ClientsTable } from '#components/clients/ClientsTable.tsx';
import { CreateClient } from '#components/clients/CreateClient.tsx';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import { requirePageUser } from '#lib/auth';
import { listClients } from '#lib/clients/query';
import { databaseNow } from '#lib/database/clock.sql';
import { db } from '#lib/db';
import { addSecretAction, createClientAction, removeSecretAction, revokeClientAction } from './actions.ts';

export const metadata: Metadata = { title: 'API clients' };

export default async function ClientsPage() {
  await requirePageUser('administer');
  return (
    <>
      <PageHeader
        title="API clients"
        description={
          <>
            Programs that call the API. Each has its own ID and secret.{' '}
            <Anchor href="/docs/api" underline="always" inherit>
              How to call the API
            </Anchor>
          </>
        }
        actions={<CreateClient create={createClientAction} />}
      />
      <ClientsTable
        clients={await listClients(db())}
        now={(await databaseNow(db())).toISOString()}
        actions={{ addSecret: addSecretAction, removeSecret: removeSecretAction, revoke: revokeClientAction }}
      />
    </>
  );
}
