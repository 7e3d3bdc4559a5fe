import { z } from 'zod';

/** What somebody types to sign in. No hint at what would be a right password. */
export const signInInput = z.object({
  email: z.string().trim().min(1, 'Enter your e-mail address'),
  password: z.string().min(1, 'Enter your password'),
});
export type SignInInput = z.output<typeof signInInput>;
