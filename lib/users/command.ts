import '#lib/server/processes/begin';
import { commandLine, readArguments, runCommand, UsageError } from '#lib/command';
import type { Database } from '#lib/db';
import { DomainError } from '#lib/errors';
import { parseInput } from '#lib/input/parse';
import { createUser, type NewCredentials } from '#lib/users/create';
import { resetPassword } from '#lib/users/password/reset';
import { listUsers, type UserView } from '#lib/users/query';
import { createUserInput } from '#lib/users/schema';

/** `npm run user`: manages users from a shell, for example when an administrator has forgotten the password. */
const usage = `Usage: npm run --silent user -- COMMAND
  list
  create --email EMAIL --name NAME [--role viewer|merchandiser|administrator]   prints the password, only once
  reset-password EMAIL                                                          prints the new password, only once
The user must change a printed password at the first sign-in.`;

await runCommand(usage, async (db, [command, ...rest]) => {
  switch (command) {
    case 'list':
      readArguments(rest, {});
      return (await listUsers(db)).map(serializeUser);
    case 'create': {
      const options = { email: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' } } as const;
      const { email, name, role = 'merchandiser' } = readArguments(rest, options).values;
      return serializeCredentials(await createUser(db, commandLine, parseInput(createUserInput, { email, name, role })));
    }
    case 'reset-password': {
      const { values, argument } = readArguments(rest, { email: { type: 'string' } }, { positional: true });
      const { email } = parseInput(createUserInput.pick({ email: true }), { email: values.email ?? argument });
      return serializeCredentials(await resetPassword(db, commandLine, { userId: await findUserId(db, email) }));
    }
    default:
      throw new UsageError(`There is no command ${JSON.stringify(command)}: use list, create, reset-password or help.`);
  }
});

async function findUserId(db: Database, email: string): Promise<string> {
  const user = await db.user.findUnique({ where: { email }, select: { id: true } });
  if (!user) throw new DomainError('not_found', `No user has the email address ${email}.`);
  return user.id;
}

function serializeCredentials({ email, generatedPassword }: NewCredentials) {
  return { email, password: generatedPassword, must_change_password: true };
}

function serializeUser({ email, name, role, disabledAt, canDownloadExports, createdAt }: UserView) {
  return { email, name, role, can_sign_in: disabledAt === null, can_download_exports: canDownloadExports, created_at: createdAt };
}
