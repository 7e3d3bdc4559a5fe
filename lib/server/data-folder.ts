import { chmod, mkdir, stat } from 'node:fs/promises';
import { StartupError } from '#lib/server/startup-error';

const ownerOnly = 0o700;
const othersMayPass = 0o711;
const sticky = 0o1000;

/**
 * Creates the data folder if it is missing and closes it to other users of the machine. When Promint runs as root, the user
 * `postgres` can enter the folder to reach the database, but not list it. A folder of another user stays unchanged. Throws
 * {@link StartupError} for a folder that all users share, such as `/tmp`.
 */
export async function prepareDataFolder(dataDir: string, withDatabase: boolean): Promise<void> {
  const wanted = withDatabase && process.getuid?.() === 0 ? othersMayPass : ownerOnly;
  await mkdir(dataDir, { recursive: true, mode: wanted });
  const { mode, uid } = await stat(dataDir);
  if (uid !== process.getuid?.()) return;
  if (mode & sticky) throw new StartupError(`${dataDir} is a folder for everybody: set DATA_DIR to a folder of Promint's own.`);
  if ((mode & 0o777) !== wanted) await chmod(dataDir, wanted);
}
