import '#lib/server/processes/begin';
import { createClient } from '#lib/clients/create';
import { listClients } from '#lib/clients/query';
import { revokeClient } from '#lib/clients/revoke';
import { clientLimits, clientReference, createClientInput } from '#lib/clients/schema';
import { serializeClient } from '#lib/clients/serialize';
import { commandLine, readArguments, runCommand, UsageError } from '#lib/command';
import { limitsInWords, readNumber } from '#lib/input/numbers';
import { parseInput } from '#lib/input/parse';

/** `npm run client`: manages API clients from a shell. */
const usage = `Usage: npm run --silent client -- COMMAND
  create --name NAME [--role read|redeem|write] [--expires-in-days N]   prints client_id and client_secret, the latter only once
  list
  revoke CLIENT_ID`;

await runCommand(usage, async (db, [command, ...rest]) => {
  switch (command) {
    case 'create': {
      const {
        name,
        role,
        'expires-in-days': days,
      } = readArguments(rest, {
        name: { type: 'string' },
        role: { type: 'string' },
        'expires-in-days': { type: 'string' },
      }).values;
      const input = { name, role, expires_in_days: days === undefined ? undefined : readDays(days), time_zone: systemTimeZone() };
      return createClient(db, commandLine, parseInput(createClientInput, input));
    }
    case 'list':
      readArguments(rest, {});
      return (await listClients(db)).map(serializeClient);
    case 'revoke': {
      const reference = parseInput(clientReference, { client_id: readArguments(rest, {}, { positional: true }).argument });
      await revokeClient(db, commandLine, reference);
      return { ...reference, state: 'revoked' };
    }
    default:
      throw new UsageError(`There is no command ${JSON.stringify(command)}: use create, list, revoke or help.`);
  }
});

function readDays(text: string): number {
  const reading = readNumber(text, clientLimits.expiresInDays);
  if ('value' in reading && reading.value !== null) return reading.value;
  throw new UsageError(`--expires-in-days: ${'problem' in reading ? reading.problem : limitsInWords(clientLimits.expiresInDays)}`);
}

function systemTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
