import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '#lib/config';

describe('settings', () => {
  test('readConfig needs no setting', () => {
    expect(readConfig({})).toMatchObject({ port: 3000, host: '0.0.0.0', production: true, workerConcurrency: 2, trustedProxies: 0 });
  });

  test('readConfig treats an empty setting as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '  ', ADMIN_EMAIL: '' })).toEqual(readConfig({}));
  });

  test('STORAGE_DIR defaults to a folder in the data folder', () => {
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
  ])('TRUST_PROXY=%s means %i proxies', (text, trustedProxies) => {
    expect(readConfig({ TRUST_PROXY: text })).toMatchObject({ trustedProxies });
  });

  test('readConfig removes the slash at the end of an address', () => {
    expect(readConfig({ APP_URL: 'https://codes.example.com/' }).appUrl).toBe('https://codes.example.com');
  });

  test.each([
    [{ PORT: 'eighty' }, 'PORT takes a port number, 0 to 65535'],
    [{ PORT: '70000' }, 'PORT takes a port number, 0 to 65535'],
    [{ APP_URL: 'codes.example.com' }, 'APP_URL takes an address such as https://codes.example.com'],
    [{ DATABASE_URL: 'mysql://host/name' }, 'DATABASE_URL takes an address such as postgres://user:password@host:5432/name'],
    [{ APP_SECRET: 'short' }, 'APP_SECRET takes at least 32 characters'],
    [{ ADMIN_EMAIL: 'admin' }, 'ADMIN_EMAIL takes an e-mail address'],
    [{ ADMIN_PASSWORD: 'short' }, 'ADMIN_PASSWORD takes at least 12 characters'],
    [{ WORKER_CONCURRENCY: '0' }, 'WORKER_CONCURRENCY takes a whole number from 1 to 16'],
    [{ SHUTDOWN_DELAY: '-1' }, 'SHUTDOWN_DELAY takes a number of seconds from 0 to 300'],
    [{ SHUTDOWN_DELAY: 'soon' }, 'SHUTDOWN_DELAY takes a number of seconds from 0 to 300'],
    [{ TRUST_PROXY: 'perhaps' }, 'TRUST_PROXY takes true, false or the number of proxies, 0 to 9'],
    [{ TRUST_PROXY: '-1' }, 'TRUST_PROXY takes true, false or the number of proxies, 0 to 9'],
    [{ TRUST_PROXY: '1.5' }, 'TRUST_PROXY takes true, false or the number of proxies, 0 to 9'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL takes debug, info, warn, error or silent'],
    [
      { FAULT_POINT: 'claimed', NODE_ENV: 'test' },
      'FAULT_POINT takes a place, how often it is passed and a signal, such as claimed:1:SIGKILL',
    ],
    [{ FAULT_POINT: 'claimed:1:SIGKILL', NODE_ENV: 'production' }, 'FAULT_POINT is for tests alone: unset it'],
  ])('readConfig rejects %o with the name and the valid values', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(new ConfigError(sentence));
  });

  test('readConfig names all invalid settings at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT takes .*; LOG_LEVEL takes /);
  });
});
