import type { ReactNode } from 'react';
import classes from './StatusBadge.module.css';

/** `good`: completed or running; `busy`: in progress; `waiting`: not started; `bad`: needs attention; `quiet`: over or switched off. */
export type Tone = 'good' | 'busy' | 'waiting' | 'bad' | 'quiet';

/** A state as a word with a coloured dot. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
    </span>
  );
}
