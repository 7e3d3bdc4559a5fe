import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { role } from '#lib/server/postgres/cluster';
import { jobIn } from '#lib/testing/jobs';
import { asSuperuser, execute } from '#lib/testing/postgres';
import { generateJob } from '../api.ts';
import { secondsUntil } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import type { Scenario } from '../scenario.ts';
import { canMount, mountVolume } from '../volume.ts';

const mounts = await canMount();

/** Moves the table of codes to a volume of 16 MB. Returns a function that enlarges the volume. */
async function smallDisk(environment: Environment): Promise<() => Promise<unknown>> {
  const { pool, server, databaseUrl } = environment;
  const name = new URL(databaseUrl).pathname.slice(1);
  const folder = join(server.folder, `${name}_disk`);
  await mkdir(folder);
  const { uid, gid } = await stat(join(server.folder, 'postgres'));
  const volume = await mountVolume(folder, `size=16m,mode=700,uid=${uid},gid=${gid}`);
  const disk = pg.escapeIdentifier(`${name}_disk`);
  environment.onCleanUp(async () => {
    // Drop the database and the tablespace first: PostgreSQL cannot write a checkpoint when it has lost files.
    await execute(asSuperuser(server.databaseUrl), `drop database ${pg.escapeIdentifier(name)} with (force)`, `drop tablespace ${disk}`);
    await volume.remove();
  });
  await execute(
    asSuperuser(databaseUrl),
    `create tablespace ${disk} location ${pg.escapeLiteral(folder)}`,
    `grant create on tablespace ${disk} to ${role}`,
  );
  const { rows } = await pool.query<{ name: string }>(
    `select indexrelid::regclass as name from pg_index where indrelid = 'promotion_codes'::regclass`,
  );
  await pool.query(`alter table promotion_codes set tablespace ${disk}`);
  for (const { name: index } of rows) await pool.query(`alter index ${index} set tablespace ${disk}`);
  return () => volume.remount('size=400m');
}

/** For machines without permission to mount. A trigger raises PostgreSQL's own error for a full disk. Returns a function that drops the trigger. */
async function simulateFullDisk({ pool }: Environment): Promise<() => Promise<unknown>> {
  await pool.query(`
    create function no_space_left() returns trigger language plpgsql as $$
    begin
      if (select count(*) from promotion_codes) > 60000 then
        raise exception 'could not extend file: No space left on device' using errcode = '53100';
      end if;
      return null;
    end $$;
    create trigger no_space_left after insert on promotion_codes for each statement execute function no_space_left()`);
  return () => pool.query('drop trigger no_space_left on promotion_codes');
}

const full: Scenario = {
  name: `database disk full${mounts ? '' : ' (simulated without a mount)'}`,
  withinSeconds: 10,
  rounds: 2,
  async run(environment) {
    const freeSpace = await (mounts ? smallDisk(environment) : simulateFullDisk(environment));
    const worker = await environment.worker();
    const large = await environment.api.create(await environment.promotion(), generateJob(400_000));
    const { error, generated } = await jobIn(environment.db, large, 'failed', 60_000);
    assert(error === 'database_full', `the job failed with the error ${error}; expected database_full`);
    assert(generated > 0, 'the job failed before the disk was full');
    const left = await environment.db.promotionCode.count({ where: { jobId: large } });
    assert(left === 0, `the failed job left ${left} codes`);
    await freeSpace();
    const small = await environment.api.create(await environment.promotion(), generateJob(1_000));
    const seconds = await secondsUntil(jobIn(environment.db, small, 'completed', 60_000));
    assert(worker.process.exitCode === null, 'the worker exited');
    return [seconds];
  },
};

export const databaseDiskScenarios: Scenario[] = [full];
