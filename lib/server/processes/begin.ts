import { ConfigError } from '#lib/config';
import { StartupError } from '#lib/server/startup-error';

/**
 * Every program of Promint imports this module first. A program that a person or a process manager starts is for production and
 * takes the settings that its environment lacks from the file `.env`. A part that another process of Promint starts has all
 * of them from there, so that the file is read once.
 */
if (process.send === undefined) {
  readEnvFile();
  Object.assign(process.env, { NODE_ENV: 'production' });
}
// Next would read .env anew, by rules of its own, and .env.local and others beside it. This is its own mark of having done so.
Object.assign(process.env, { __NEXT_PROCESSED_ENV: 'true' });

process.on('uncaughtException', (error) => {
  const end = () => process.exit(1);
  const tellParent = (refused: string) => (process.send ? process.send({ refused }, undefined, undefined, end) : end());
  if (!(error instanceof ConfigError || error instanceof StartupError)) {
    // Not before it is needed: the log reads the settings when it is loaded.
    void import('#lib/log').then(({ log }) => log.fatal({ error }, 'an error was not caught')).finally(() => tellParent(String(error)));
  } else if (process.send) {
    tellParent(error.message);
  } else {
    // A person reads this sentence: it stays out of the log.
    process.stderr.write(`Promint cannot start: ${error.message}\n`, end);
  }
});

function readEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
