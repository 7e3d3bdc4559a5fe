'use server';

import { action, createAction } from '#lib/action';
import { createClient } from '#lib/clients/create';
import { revokeClient } from '#lib/clients/revoke';
import { addSecret, removeSecret } from '#lib/clients/rotate';
import { clientReference, createClientInput, secretReference } from '#lib/clients/schema';

export const createClientAction = createAction('administer', createClientInput, clientReference, createClient);
export const addSecretAction = createAction('administer', clientReference, clientReference, addSecret);
export const removeSecretAction = action('administer', secretReference, removeSecret);
export const revokeClientAction = action('administer', clientReference, revokeClient);
