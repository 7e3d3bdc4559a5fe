import { ConfigError } from '#lib/config';
import { StartupError } from '#lib/server/startup-error';

/**
 * Every program of Promint imports this module first. A program that a person or a process manager starts runs in production mode
 * and reads the settings that its environment lacks from the file `.env`. A child process inherits all settings from its parent and
 * does not read the file.
 */
if (process.send === undefined) {
  readEnvFile();
  Object.assign(process.env, { NODE_ENV: 'production' });
}
// Prevents Next from reading .env, .env.local and other files by its own rules. Next sets this variable after it has read them.
Object.assign(process.env, { __NEXT_PROCESSED_ENV: 'true' });

process.on('uncaughtException', (error) => {
  const exit = () => process.exit(1);
  const notifyParent = (failure: string) => (process.send ? process.send({ failure }, undefined, undefined, exit) : exit());
  if (!(error instanceof ConfigError || error instanceof StartupError)) {
    // Imported here because the log reads the settings when it is loaded.
    void import('#lib/log').then(({ log }) => log.fatal({ error }, 'uncaught error')).finally(() => notifyParent(String(error)));
  } else if (process.send) {
    notifyParent(error.message);
  } else {
    // This sentence is for a person, so it is printed instead of logged.
    process.stderr.write(`Promint cannot start: ${error.message}\n`, exit);
  }
});

function readEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
