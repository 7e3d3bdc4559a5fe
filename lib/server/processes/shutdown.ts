const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const pollIntervalMs = 500;
// Read as early as possible, so that the end of the parent during the start is noticed.
const parent = process.ppid;

/**
 * Calls `stop` once: at SIGTERM, SIGINT or SIGHUP, and when the parent process has ended, even by SIGKILL. The parent is the process
 * at the other end of the message channel, or npm. Further signals have no effect, because the terminal and npm each send one at
 * Ctrl-C.
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
  // Writing fails when the terminal or the program that reads the output has ended. There is no place left to report that.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** True when npm is the parent. Any other parent, such as a shell that starts a service, may end before its child. */
function isRunByNpm(): boolean {
  return process.send === undefined && process.env.npm_lifecycle_script?.startsWith('exec ') === true;
}

function watchParent(onEnd: () => void): void {
  setInterval(() => process.ppid !== parent && onEnd(), pollIntervalMs).unref();
}
