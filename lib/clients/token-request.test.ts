import { describe, expect, test } from 'vitest';
import { readTokenRequest, TokenRefusal } from '#lib/clients/token-request';

const grant = 'grant_type=client_credentials';
const both = `${grant}&client_id=me&client_secret=s3cret`;
const basic = (credentials: string | Buffer) => `Basic ${Buffer.from(credentials).toString('base64')}`;

function read(form: string, { query = '', authorization = null as string | null } = {}) {
  try {
    return readTokenRequest(form, new URLSearchParams(query), authorization);
  } catch (error) {
    if (error instanceof TokenRefusal) return error.error;
    throw error;
  }
}

describe('readTokenRequest', () => {
  test('credentials are read from the body', () => {
    expect(read(both)).toEqual({ clientId: 'me', clientSecret: 's3cret' });
    expect(read(`${grant}&client_id=a%3Ab&client_secret=%25+%2B%C3%A9`)).toEqual({ clientId: 'a:b', clientSecret: '% +é' });
  });

  test('credentials are read from HTTP Basic, after form-decoding each', () => {
    expect(read(grant, { authorization: basic('me:s3cret') })).toEqual({ clientId: 'me', clientSecret: 's3cret' });
    expect(read(grant, { authorization: basic('a%3Ab:%25+%2B%C3%A9:x') })).toEqual({ clientId: 'a:b', clientSecret: '% +é:x' });
    expect(read(`${grant}&client_id=me`, { authorization: basic('me:s3cret') })).toEqual({ clientId: 'me', clientSecret: 's3cret' });
    expect(read(grant, { authorization: basic('me:s3cret').replace('Basic', 'basic') })).toMatchObject({ clientId: 'me' });
  });

  test('credentials are read from a JSON object, in which null is an absent field', () => {
    const json = { grant_type: 'client_credentials', client_id: 'me', client_secret: '% +é' };
    expect(read(JSON.stringify(json))).toEqual({ clientId: 'me', clientSecret: '% +é' });
    expect(read(`\n ${JSON.stringify({ ...json, scope: null, other: [1] })}`)).toEqual({ clientId: 'me', clientSecret: '% +é' });
    expect(read('{"grant_type":"client_credentials"}', { authorization: basic('me:s3cret') })).toMatchObject({ clientId: 'me' });
  });

  test('credentials are read from a body with other fields', () => {
    expect(read(`${both}&scope=&resource=x`)).toMatchObject({ clientId: 'me' });
  });
});

describe('readTokenRequest rejects', () => {
  test.each([
    ['without a grant type', 'client_id=me&client_secret=s3cret'],
    ['with an empty one', 'grant_type=&client_id=me&client_secret=s3cret'],
    ['for an empty body', ''],
    ['with a parameter twice', `${both}&client_id=you`],
    ['with the grant type twice', `${both}&${grant}`],
    ['for a body that is not form-encoded', `${both}&x=%E9`],
    ['for a JSON object without a grant type', '{"client_id":"me","client_secret":"s3cret"}'],
    ['for a JSON object that is cut', '{"grant_type":"client_credentials"'],
    ['for a parameter in JSON that is no text', '{"grant_type":["client_credentials"],"client_id":"me","client_secret":"x"}'],
    [
      'for a parameter in JSON that stands there twice',
      '{"grant_type":"client_credentials","client_id":"a","client_id":"b","client_secret":"x"}',
    ],
  ])('a token request with %s is invalid_request', (_, form) => {
    expect(read(form)).toBe('invalid_request');
  });

  test('a token request with credentials in two places or in the address is invalid_request', () => {
    expect(read(both, { authorization: basic('me:s3cret') })).toBe('invalid_request');
    expect(read(`${grant}&client_id=you`, { authorization: basic('me:s3cret') })).toBe('invalid_request');
    expect(read(both, { query: 'client_secret=s3cret' })).toBe('invalid_request');
    expect(read(grant, { query: 'client_id=me&client_secret=s3cret' })).toBe('invalid_request');
  });

  test.each(['implicit', 'password', 'authorization_code', 'Client_Credentials'])(
    'a token request with the grant %s is unsupported_grant_type',
    (name) => {
      expect(read(`grant_type=${name}&client_id=me&client_secret=s3cret`)).toBe('unsupported_grant_type');
    },
  );

  test('a token request with a scope is invalid_scope', () => {
    expect(read(`${both}&scope=admin`)).toBe('invalid_scope');
  });

  test('a token request without credentials is invalid_client', () => {
    expect(read(grant)).toBe('invalid_client');
    expect(read(`${grant}&client_id=me`)).toBe('invalid_client');
  });

  test.each([
    'Basic ====',
    'Basic',
    'Basic %',
    'Bearer abc',
    '',
    'Digest x',
    basic('%E9:x'),
    basic('me:%'),
    basic(Buffer.from([255, 254])),
  ])('a token request with the header Authorization: %s is invalid_client', (authorization) => {
    expect(read(grant, { authorization })).toBe('invalid_client');
  });
});
