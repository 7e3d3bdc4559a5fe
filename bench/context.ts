import type { Pool } from 'pg';
import type { Database } from '#lib/db';
import type { Actor } from '#lib/users/permissions';
import type { Measurement } from './measurement.ts';

/** The environment of one benchmark: its own database and folder. */
export type Context = {
  db: Database;
  pool: Pool;
  actor: Actor;
  /** A folder for files, which is removed after the run. */
  folder: string;
  /** Number of times that the product and the baseline are measured in turn. */
  rounds: number;
  /** Measures a tenth of the data once, to check that the benchmark works. */
  quick: boolean;
};

export type Benchmark = (context: Context) => Promise<Measurement[]>;
