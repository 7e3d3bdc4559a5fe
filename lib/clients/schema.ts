import { z } from 'zod';
import { isTimeZone } from '#lib/format/dates';
import { lineOfText } from '#lib/input/text';
import { wholeNumberWithin } from '#lib/input/whole-number';
import { ClientRole } from '#prisma/enums';

/** The limits of an API client. The second secret is the successor of the first. */
export const clientLimits = { nameLength: 100, expiresInDays: { min: 1, max: 3650 }, secrets: 2 } as const;

/**
 * The input of `createClient`. Without `expires_in_days` the client does not expire. Days are calendar days in `time_zone`, by
 * default UTC.
 */
export const createClientInput = z.object({
  name: lineOfText(clientLimits.nameLength).min(1, 'Enter a name'),
  role: z.enum(ClientRole, { error: 'Choose read, redeem or write' }).default('read'),
  expires_in_days: wholeNumberWithin(clientLimits.expiresInDays).optional(),
  time_zone: z.string().refine(isTimeZone, 'Enter a time zone such as Europe/Berlin').optional(),
});

export type CreateClientInput = z.output<typeof createClientInput>;
/** The input before parsing, without defaults. */
export type CreateClientFields = z.input<typeof createClientInput>;

export const clientReference = z.object({ client_id: z.uuid('No such client') });
export type ClientReference = z.output<typeof clientReference>;

export const secretReference = clientReference.extend({ secret_id: z.uuid('No such secret') });
export type SecretReference = z.output<typeof secretReference>;
