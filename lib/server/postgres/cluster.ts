import { chown, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { postgresAccount, postgresPrograms, runProgram } from '#lib/server/postgres/programs';

/** The database role of Promint and the name of its database. The role owns the database and is not a superuser. */
export const role = 'promint';
export const database = 'promint';

/** The folder of the embedded PostgreSQL within a data folder. */
export const clusterFolder = (dataDir: string) => join(dataDir, 'postgres');

/**
 * Creates the cluster of the embedded PostgreSQL in `dataDir`, with the role and the database of Promint. An interrupted call
 * leaves no cluster. The superuser has no password and cannot connect; {@link runAsSuperuser} is the only way to act as it.
 */
export async function createCluster(dataDir: string, password: string): Promise<void> {
  const account = await postgresAccount();
  const { initdb } = await postgresPrograms();
  const unfinished = join(dataDir, 'postgres.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) await chown(unfinished, account.uid, account.gid);
  const methods = ['--auth-local=peer', '--auth-host=scram-sha-256'];
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--lc-messages=C'];
  await runProgram(initdb, ['--pgdata', unfinished, '--username=postgres', ...methods, ...locale], account);
  await runAsSuperuser(
    unfinished,
    `create role ${role} login password ${pg.escapeLiteral(password)}`,
    `create database ${database} owner ${role}`,
  );
  await rename(unfinished, clusterFolder(dataDir));
}

/**
 * Runs statements of one line each as the superuser of a stopped cluster. PostgreSQL reads them from standard input, so that a
 * password in a statement appears in no file, argument, environment or error message.
 */
export async function runAsSuperuser(folder: string, ...statements: string[]): Promise<void> {
  const { postgres } = await postgresPrograms();
  const settings = ['-c', 'exit_on_error=on', '-c', 'log_min_error_statement=panic'];
  const input = statements.map((statement) => `${statement}\n`).join('');
  await runProgram(postgres, ['--single', '-D', folder, ...settings, 'postgres'], await postgresAccount(), input);
}
