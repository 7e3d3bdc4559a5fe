import type { ActionResult, Created } from '#lib/action-result';
import type { ClientReference, CreateClientFields, SecretReference } from '#lib/clients/schema';

/** What a program proves itself with; the secret is not to be had again. */
export type Credentials = { client_id: string; client_secret: string };

/** What the page of API clients can have done; the page hands the server actions in. */
export type ClientActions = {
  create(input: CreateClientFields, submission: string): Promise<ActionResult<Created<Credentials, ClientReference>>>;
  addSecret(input: ClientReference, submission: string): Promise<ActionResult<Created<Credentials, ClientReference>>>;
  removeSecret(input: SecretReference): Promise<ActionResult<void>>;
  revoke(input: ClientReference): Promise<ActionResult<void>>;
};
