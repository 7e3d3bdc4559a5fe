import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { givenOrMade, hashPassword } from '#lib/users/password';
import type { Actor } from '#lib/users/permissions';
import type { CreateUserInput } from '#lib/users/schema';
import { Prisma } from '#prisma/client';

/** How somebody signs in. `madePassword` is there only when nobody chose one, and is not to be had again. */
export type NewCredentials = { email: string; madePassword?: string };

/** Lets somebody in. Throws `invalid_input` when the e-mail address is somebody's already. */
export async function createUser(db: Db, _actor: Actor, input: CreateUserInput): Promise<NewCredentials> {
  const { email, name, role } = input;
  const { password, madePassword } = givenOrMade(input.password);
  const passwordHash = await hashPassword(password);
  try {
    await db.user.create({ data: { email, name, role, passwordHash } });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
    throw new DomainError('invalid_input', { detail: 'Somebody with this e-mail address is here already', source: 'email' });
  }
  return { email, madePassword };
}
