import type { z } from 'zod';
import type { ActionResult, Created } from '#lib/action-result';
import type {
  ChangeOwnPasswordInput,
  ChangeRoleInput,
  createUserInput,
  EndOwnSessionInput,
  ResetPasswordInput,
  SetExportDownloadsInput,
  SetUserEnabledInput,
} from '#lib/users/schema';

/** A user's sign-in details. The password is present only when it was just generated. */
export type Credentials = { email: string; generatedPassword?: string };

/** The server actions of the users page, which passes them as props. */
export type UserActions = {
  create(input: z.input<typeof createUserInput>, submission: string): Promise<ActionResult<Created<Credentials, { email: string }>>>;
  changeRole(input: ChangeRoleInput): Promise<ActionResult<{ name: string }>>;
  setEnabled(input: SetUserEnabledInput): Promise<ActionResult<{ name: string }>>;
  setExportDownloads(input: SetExportDownloadsInput): Promise<ActionResult<{ name: string }>>;
  resetPassword(input: ResetPasswordInput): Promise<ActionResult<Credentials>>;
};

export type ChangeOwnPassword = (input: ChangeOwnPasswordInput) => Promise<ActionResult<{ email: string }>>;
export type EndOwnSession = (input: EndOwnSessionInput) => Promise<ActionResult<void>>;
