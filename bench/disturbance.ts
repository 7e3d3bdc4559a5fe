import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const lookMs = 1_000;

/** How much of the machine is at work while the bench does nothing: whoever else it is disturbs what is measured. */
export async function busyPercent(): Promise<number> {
  const before = spent();
  await delay(lookMs);
  const after = spent();
  return Math.round((100 * (after.busy - before.busy)) / (after.all - before.all));
}

function spent(): { busy: number; all: number } {
  const times = cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({ busy: user + nice + sys + irq, idle }));
  const busy = times.reduce((sum, each) => sum + each.busy, 0);
  return { busy, all: times.reduce((sum, each) => sum + each.idle, busy) };
}
