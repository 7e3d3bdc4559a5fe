import { expect, test } from 'vitest';
import { required } from '#lib/config';
import { connect } from '#lib/db';

test('connect keeps the process running when the server closes a connection in use', async () => {
  const { pool, close } = connect(required('databaseUrl'));
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await ended;
  client.release();
  await expect(pool.query('select')).resolves.toBeDefined();
  await close();
});
