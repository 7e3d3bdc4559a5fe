const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const lookEveryMs = 500;
// Read as early as possible, to detect a parent that ends while this process starts.
const parent = process.ppid;

/**
 * Calls `stop` once: at SIGTERM, SIGINT or SIGHUP, and when the parent process has ended, even by SIGKILL. The parent is the process
 * at the other end of the message channel, or npm. Later signals have no effect: at Ctrl-C the terminal and npm each send one.
 */
export function onShutdown(stop: () => Promise<void>): void {
  let stopping = false;
  const stopOnce = () => {
    if (stopping) return;
    stopping = true;
    void stop();
  };
  for (const signal of signals) process.on(signal, stopOnce);
  process.once('disconnect', stopOnce);
  if (isRunByNpm()) watchParent(stopOnce);
  // The reader of the output may have ended as well, so a failed write is ignored.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** True when npm is the parent. Any other parent, such as a shell that starts a service, may end before its child. */
function isRunByNpm(): boolean {
  return process.send === undefined && process.env.npm_lifecycle_script?.startsWith('exec ') === true;
}

function watchParent(gone: () => void): void {
  setInterval(() => process.ppid !== parent && gone(), lookEveryMs).unref();
}
