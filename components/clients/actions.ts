import type { ActionResult, Created } from '#lib/action-result';
import type { ClientReference, CreateClientFields, SecretReference } from '#lib/clients/schema';

/** The credentials of a client. The secret cannot be shown again. */
export type Credentials = { client_id: string; client_secret: string };

/** The server actions of the API clients page, which passes them as props. */
export type ClientActions = {
  create(input: CreateClientFields, submission: string): Promise<ActionResult<Created<Credentials, ClientReference>>>;
  addSecret(input: ClientReference, submission: string): Promise<ActionResult<Created<Credentials, ClientReference>>>;
  removeSecret(input: SecretReference): Promise<ActionResult<void>>;
  revoke(input: ClientReference): Promise<ActionResult<void>>;
};
