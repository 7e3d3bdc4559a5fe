'use server';

import { action } from '#lib/action';
import { createClient } from '#lib/clients/create';
import { revokeClient } from '#lib/clients/revoke';
import { addSecret, removeSecret } from '#lib/clients/rotate';
import { clientReference, createClientInput, secretReference } from '#lib/clients/schema';

export const createClientAction = action('administer', createClientInput, createClient);
export const addSecretAction = action('administer', clientReference, addSecret);
export const removeSecretAction = action('administer', secretReference, removeSecret);
export const revokeClientAction = action('administer', clientReference, revokeClient);
