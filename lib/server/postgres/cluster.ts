import { chown, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { postgresAccount, postgresPrograms, runProgram } from '#lib/server/postgres/programs';

/** The role of Promint and its database. The role owns the database and is no superuser. */
export const role = 'promint';
export const database = 'promint';

/** The folder of the embedded PostgreSQL within a data folder. */
export const clusterFolder = (dataDir: string) => join(dataDir, 'postgres');

/**
 * Creates the embedded PostgreSQL's folder in `dataDir`, with the role and the database of Promint: completely or
 * not at all. The superuser has no password and cannot connect; only {@link runAsSuperuser} acts as superuser.
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
 * Runs statements of one line each as the superuser on a stopped cluster. PostgreSQL reads them from its standard input, so that a
 * password in them appears in no file, argument, environment or error.
 */
export async function runAsSuperuser(folder: string, ...statements: string[]): Promise<void> {
  const { postgres } = await postgresPrograms();
  const settings = ['-c', 'exit_on_error=on', '-c', 'log_min_error_statement=panic'];
  const input = statements.map((statement) => `${statement}\n`).join('');
  await runProgram(postgres, ['--single', '-D', folder, ...settings, 'postgres'], await postgresAccount(), input);
}
