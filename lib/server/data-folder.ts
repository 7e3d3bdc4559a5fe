import { chmod, mkdir, stat } from 'node:fs/promises';
import { StartupError } from '#lib/server/startup-error';

const ownerOnly = 0o700;
const othersMayEnter = 0o711;
const sticky = 0o1000;

/**
 * Creates the data folder if it is missing and removes the access of other users of the machine. When Promint runs as root, the
 * user `postgres` must reach the database inside it, so other users can enter the folder but not list it. A folder that belongs
 * to another user is not changed. Throws {@link StartupError} for a folder that all users share, such as `/tmp`.
 */
export async function prepareDataFolder(dataDir: string, withDatabase: boolean): Promise<void> {
  const mode = withDatabase && process.getuid?.() === 0 ? othersMayEnter : ownerOnly;
  await mkdir(dataDir, { recursive: true, mode });
  const { mode: currentMode, uid } = await stat(dataDir);
  if (uid !== process.getuid?.()) return;
  if (currentMode & sticky)
    throw new StartupError(`${dataDir} is shared by all users of this machine: set DATA_DIR to a folder that only Promint uses.`);
  if ((currentMode & 0o777) !== mode) await chmod(dataDir, mode);
}
