import type { ReactNode } from 'react';
import classes from './StatusBadge.module.css';

/** `good` ended well or runs, `busy` moves, `waiting` will, `bad` needs a look, `quiet` is over or off. */
export type Tone = 'good' | 'busy' | 'waiting' | 'bad' | 'quiet';

/** A state in a word, with a colour beside it that never stands alone. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
    </span>
  );
}
