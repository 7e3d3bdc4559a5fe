import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '#lib/config';

describe('settings', () => {
  test('readConfig requires no setting', () => {
    expect(readConfig({})).toMatchObject({ port: 3000, host: '0.0.0.0', production: true, workerConcurrency: 2, trustedProxies: 0 });
  });

  test('readConfig treats an empty setting as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '  ', ADMIN_EMAIL: '' })).toEqual(readConfig({}));
  });

  test('readConfig defaults STORAGE_DIR to a folder in the data folder', () => {
    expect(readConfig({ DATA_DIR: '/srv/promint' }).storageDir).toBe('/srv/promint/exports');
    expect(readConfig({ DATA_DIR: '/srv/promint', STORAGE_DIR: '/mnt/files' }).storageDir).toBe('/mnt/files');
  });

  test.each([
    ['true', 1],
    ['TRUE', 1],
    ['false', 0],
    ['0', 0],
    ['1', 1],
    ['3', 3],
  ])('readConfig reads TRUST_PROXY=%s as %i proxies', (text, trustedProxies) => {
    expect(readConfig({ TRUST_PROXY: text })).toMatchObject({ trustedProxies });
  });

  test('readConfig removes the slash at the end of an address', () => {
    expect(readConfig({ APP_URL: 'https://codes.example.com/' }).appUrl).toBe('https://codes.example.com');
  });

  test.each([
    [{ PORT: 'eighty' }, 'PORT must be a port number, 0 to 65535'],
    [{ PORT: '70000' }, 'PORT must be a port number, 0 to 65535'],
    [{ APP_URL: 'codes.example.com' }, 'APP_URL must be an address such as https://codes.example.com'],
    [{ DATABASE_URL: 'mysql://host/name' }, 'DATABASE_URL must be an address such as postgres://user:password@host:5432/name'],
    [{ APP_SECRET: 'short' }, 'APP_SECRET must have at least 32 characters'],
    [{ ADMIN_EMAIL: 'admin' }, 'ADMIN_EMAIL must be an email address'],
    [{ ADMIN_PASSWORD: 'short' }, 'ADMIN_PASSWORD must have at least 12 characters'],
    [{ WORKER_CONCURRENCY: '0' }, 'WORKER_CONCURRENCY must be a whole number from 1 to 16'],
    [{ SHUTDOWN_DELAY: '-1' }, 'SHUTDOWN_DELAY must be a number of seconds from 0 to 300'],
    [{ SHUTDOWN_DELAY: 'soon' }, 'SHUTDOWN_DELAY must be a number of seconds from 0 to 300'],
    [{ TRUST_PROXY: 'perhaps' }, 'TRUST_PROXY must be true, false or the number of proxies, 0 to 9'],
    [{ TRUST_PROXY: '-1' }, 'TRUST_PROXY must be true, false or the number of proxies, 0 to 9'],
    [{ TRUST_PROXY: '1.5' }, 'TRUST_PROXY must be true, false or the number of proxies, 0 to 9'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be debug, info, warn, error or silent'],
    [
      { FAULT_POINT: 'claimed', NODE_ENV: 'test' },
      'FAULT_POINT must be a fault point, the number of the pass and a signal, such as claimed:1:SIGKILL',
    ],
    [{ FAULT_POINT: 'claimed:1:SIGKILL', NODE_ENV: 'production' }, 'FAULT_POINT is only for tests: unset it'],
  ])('readConfig rejects %o with the name and the valid values', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(new ConfigError(sentence));
  });

  test('readConfig names all invalid settings at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT must be .*; LOG_LEVEL must be /);
  });
});
