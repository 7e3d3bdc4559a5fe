const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const lookEveryMs = 500;
// Read as early as possible: a parent that ends while this process starts is noticed later.
const parent = process.ppid;

/**
 * Calls `stop` once: at SIGTERM, SIGINT or SIGHUP, and when the process that started this one is gone, even by SIGKILL. That is
 * the parent at the other end of the message channel, or npm. Later signals change nothing: at Ctrl-C the terminal and npm
 * each send one.
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
  // The terminal or the program that read the output may be gone as well, and then nobody is left to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** Whether npm is the parent. Any other parent, such as a shell that starts a service, may end before its child. */
function isRunByNpm(): boolean {
  return process.send === undefined && process.env.npm_lifecycle_script?.startsWith('exec ') === true;
}

function watchParent(gone: () => void): void {
  setInterval(() => process.ppid !== parent && gone(), lookEveryMs).unref();
}
