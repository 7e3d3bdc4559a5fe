import { z } from 'zod';
import { lineOfText } from '#lib/text';
import { ClientRole } from '#prisma/enums';

/** The limits of an API client, for whoever shows or checks them. Two secrets: one in use, and the one that follows it. */
export const clientLimits = { nameLength: 100, expiresInDays: 3650, secrets: 2 } as const;

const days = `Enter a whole number of days from 1 to ${clientLimits.expiresInDays}, or leave it empty`;

/** What makes an API client. `expires_in_days` left out is a client that does not expire. */
export const createClientInput = z.object({
  name: lineOfText(clientLimits.nameLength).min(1, 'Enter a name'),
  role: z.enum(ClientRole, { error: 'Choose read or write' }).default('read'),
  expires_in_days: z.int({ error: days }).min(1, days).max(clientLimits.expiresInDays, days).optional(),
});

export type CreateClientInput = z.output<typeof createClientInput>;
/** As a person writes it, defaults left out. */
export type CreateClientFields = z.input<typeof createClientInput>;

export const clientReference = z.object({ client_id: z.uuid('No such client') });
export type ClientReference = z.output<typeof clientReference>;

export const secretReference = clientReference.extend({ secret_id: z.uuid('No such secret') });
export type SecretReference = z.output<typeof secretReference>;
