import { z } from 'zod';
import { lineOfText } from '#lib/input/text';
import { normalizeEmail } from '#lib/users/email';
import { Role } from '#prisma/enums';

/** The limits of a user. */
export const userLimits = { nameLength: 100, emailLength: 254, passwordLength: { min: 12, max: 256 } } as const;

const { nameLength, emailLength, passwordLength } = userLimits;

/** The input of a sign-in. It does not check the rules for passwords. */
export const signInInput = z.object({
  email: z.string().overwrite(normalizeEmail).min(1, 'Enter your email address'),
  password: z.string().min(1, 'Enter your password'),
});
export type SignInInput = z.output<typeof signInInput>;

const emailText = 'Enter an email address such as ana@example.com';
const email = z
  .string({ error: emailText })
  .overwrite(normalizeEmail)
  .max(emailLength, `Enter at most ${emailLength} characters`)
  .pipe(z.email(emailText));
const role = z.enum(Role, { error: 'Choose viewer, merchandiser or administrator' });
const password = z
  .string({ error: 'Enter a password' })
  .min(passwordLength.min, `Enter at least ${passwordLength.min} characters`)
  .max(passwordLength.max, `Enter at most ${passwordLength.max} characters`);
const userReference = z.object({ userId: z.uuid() });

/** The input of `createUser`. Without a password, one is generated. */
export const createUserInput = z.object({
  email,
  name: lineOfText(nameLength).min(1, 'Enter a name'),
  role,
  password: password.optional(),
  can_download_exports: z.boolean().default(true),
});
export type CreateUserInput = z.output<typeof createUserInput>;

/** The input of `changeRole`. `read` is the role that the administrator saw. */
export const changeRoleInput = userReference.extend({ role, read: z.object({ role }).optional() });
export type ChangeRoleInput = z.output<typeof changeRoleInput>;

export const setUserEnabledInput = userReference.extend({ on: z.boolean() });
export type SetUserEnabledInput = z.output<typeof setUserEnabledInput>;

export const setExportDownloadsInput = userReference.extend({ allowed: z.boolean() });
export type SetExportDownloadsInput = z.output<typeof setExportDownloadsInput>;

/** The input of `resetPassword`. Without a password, one is generated. */
export const resetPasswordInput = userReference.extend({ password: password.optional() });
export type ResetPasswordInput = z.output<typeof resetPasswordInput>;

export const changeOwnPasswordInput = z.object({
  current_password: z
    .string({ error: 'Enter your password' })
    .min(1, 'Enter your password')
    .max(passwordLength.max, 'This is not your password'),
  new_password: password,
});
export type ChangeOwnPasswordInput = z.output<typeof changeOwnPasswordInput>;

/** The input of `endOwnSession`: a session of the actor. */
export const endOwnSessionInput = z.object({ session_id: z.uuid() });
export type EndOwnSessionInput = z.output<typeof endOwnSessionInput>;
