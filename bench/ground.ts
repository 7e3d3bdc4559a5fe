import type { Pool } from 'pg';
import type { Database } from '#lib/db';
import type { Actor } from '#lib/users/permissions';
import type { Measurement } from './measurement.ts';

/** What a part of the bench stands on: a database and a process of its own. */
export type Ground = {
  db: Database;
  pool: Pool;
  actor: Actor;
  /** For files; removed after the run. */
  folder: string;
  /** How often ours and the floor take turns. */
  rounds: number;
  /** A tenth of everything, once: whether it runs, and roughly how. */
  quick: boolean;
};

export type Part = (ground: Ground) => Promise<Measurement[]>;
