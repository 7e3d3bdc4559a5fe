import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { role } from '#lib/host/postgres/cluster';
import { jobIn } from '#lib/testing/jobs';
import { asSuperuser, execute } from '#lib/testing/postgres';
import { codes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import type { Stage } from '../stage.ts';
import { canMount, mountVolume } from '../volume.ts';
import { secondsUntil } from '../watch.ts';

const mounts = await canMount();

/** The codes get a disk of their own, and a small one; returns what makes room on it. */
async function smallDisk(stage: Stage): Promise<() => Promise<unknown>> {
  const { pool, server, databaseUrl } = stage;
  const name = new URL(databaseUrl).pathname.slice(1);
  const folder = join(server.folder, `${name}_disk`);
  await mkdir(folder);
  const { uid, gid } = await stat(join(server.folder, 'postgres'));
  const volume = await mountVolume(folder, `size=16m,mode=700,uid=${uid},gid=${gid}`);
  const disk = pg.escapeIdentifier(`${name}_disk`);
  stage.afterwards(async () => {
    // PostgreSQL must have no file left there, or it could not write its next checkpoint.
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
  return () => volume.change('size=400m');
}

/** Where nothing can be mounted: refuses codes in PostgreSQL's own words. */
async function standIn({ pool }: Stage): Promise<() => Promise<unknown>> {
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

const full: Fault = {
  name: `database disk full${mounts ? '' : ' (by a stand-in: this machine mounts nothing)'}`,
  withinSeconds: 10,
  rounds: 2,
  async play(stage) {
    const makeRoom = await (mounts ? smallDisk(stage) : standIn(stage));
    const worker = await stage.worker();
    const large = await stage.api.create(await stage.promotion(), codes(400_000));
    const { error, generated } = await jobIn(stage.db, large, 'failed', 60_000);
    promise(error === 'database_full', `it failed and said: ${error}`);
    promise(generated > 0, 'it failed before the disk was full');
    const left = await stage.db.promotionCode.count({ where: { jobId: large } });
    promise(left === 0, `it left ${left} codes`);
    await makeRoom();
    const small = await stage.api.create(await stage.promotion(), codes(1_000));
    const seconds = await secondsUntil(jobIn(stage.db, small, 'completed', 60_000));
    promise(worker.process.exitCode === null, 'the worker ended by itself');
    return [seconds];
  },
};

export const databaseDiskFaults: Fault[] = [full];
