import { ConfigError } from '#lib/config';
import { StartupError } from '#lib/server/startup-error';

/**
 * Every program of Promint imports this module first. A program that a person or a process manager starts runs in production
 * mode and reads settings that its environment lacks from the file `.env`. A child process of Promint gets all settings from its
 * parent, so that the file is read once.
 */
if (process.send === undefined) {
  readEnvFile();
  Object.assign(process.env, { NODE_ENV: 'production' });
}
// Next would read .env again by its own rules, and also .env.local and others. This is Next's mark that they are read.
Object.assign(process.env, { __NEXT_PROCESSED_ENV: 'true' });

process.on('uncaughtException', (error) => {
  const end = () => process.exit(1);
  const tellParent = (refused: string) => (process.send ? process.send({ refused }, undefined, undefined, end) : end());
  if (!(error instanceof ConfigError || error instanceof StartupError)) {
    // Loaded on demand, because the log reads the settings when it is loaded.
    void import('#lib/log').then(({ log }) => log.fatal({ error }, 'uncaught error')).finally(() => tellParent(String(error)));
  } else if (process.send) {
    tellParent(error.message);
  } else {
    // This sentence is for a person and is not logged.
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
