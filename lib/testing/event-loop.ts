/**
 * The longest time in milliseconds that `work` blocks this process, in its own processor time, so that other load of the machine does
 * not count. The lowest of three attempts, because garbage collection affects some of them.
 */
export async function longestHold(work: () => Promise<unknown>): Promise<number> {
  const attempts: number[] = [];
  for (let n = 0; n < 3; n += 1) attempts.push(await longestTurn(work));
  return Math.min(...attempts);
}

async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let before = process.threadCpuUsage();
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    longest = Math.max(longest, (user + system) / 1000);
  }
  await done;
  return longest;
}
