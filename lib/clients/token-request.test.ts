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
  test('readTokenRequest reads credentials from the body', () => {
    expect(read(both)).toEqual({ clientId: 'me', clientSecret: 's3cret' });
    expect(read(`${grant}&client_id=a%3Ab&client_secret=%25+%2B%C3%A9`)).toEqual({ clientId: 'a:b', clientSecret: '% +é' });
  });

  test('readTokenRequest reads form-encoded credentials from HTTP Basic', () => {
    expect(read(grant, { authorization: basic('me:s3cret') })).toEqual({ clientId: 'me', clientSecret: 's3cret' });
    expect(read(grant, { authorization: basic('a%3Ab:%25+%2B%C3%A9:x') })).toEqual({ clientId: 'a:b', clientSecret: '% +é:x' });
    expect(read(`${grant}&client_id=me`, { authorization: basic('me:s3cret') })).toEqual({ clientId: 'me', clientSecret: 's3cret' });
    expect(read(grant, { authorization: basic('me:s3cret').replace('Basic', 'basic') })).toMatchObject({ clientId: 'me' });
  });

  test('readTokenRequest reads credentials from a JSON object and treats null as an absent field', () => {
    const json = { grant_type: 'client_credentials', client_id: 'me', client_secret: '% +é' };
    expect(read(JSON.stringify(json))).toEqual({ clientId: 'me', clientSecret: '% +é' });
    expect(read(`\n ${JSON.stringify({ ...json, scope: null, other: [1] })}`)).toEqual({ clientId: 'me', clientSecret: '% +é' });
    expect(read('{"grant_type":"client_credentials"}', { authorization: basic('me:s3cret') })).toMatchObject({ clientId: 'me' });
  });

  test('readTokenRequest ignores unknown fields of the body', () => {
    expect(read(`${both}&scope=&resource=x`)).toMatchObject({ clientId: 'me' });
  });
});

describe('readTokenRequest rejects', () => {
  test.each([
    ['no grant type', 'client_id=me&client_secret=s3cret'],
    ['an empty grant type', 'grant_type=&client_id=me&client_secret=s3cret'],
    ['an empty body', ''],
    ['a repeated parameter', `${both}&client_id=you`],
    ['a repeated grant type', `${both}&${grant}`],
    ['a body that is not form-encoded', `${both}&x=%E9`],
    ['a JSON object without a grant type', '{"client_id":"me","client_secret":"s3cret"}'],
    ['an incomplete JSON object', '{"grant_type":"client_credentials"'],
    ['a JSON parameter that is not a string', '{"grant_type":["client_credentials"],"client_id":"me","client_secret":"x"}'],
    ['a repeated JSON parameter', '{"grant_type":"client_credentials","client_id":"a","client_id":"b","client_secret":"x"}'],
  ])('readTokenRequest answers invalid_request to %s', (_, form) => {
    expect(read(form)).toBe('invalid_request');
  });

  test('readTokenRequest answers invalid_request to credentials in two places or in the URL', () => {
    expect(read(both, { authorization: basic('me:s3cret') })).toBe('invalid_request');
    expect(read(`${grant}&client_id=you`, { authorization: basic('me:s3cret') })).toBe('invalid_request');
    expect(read(both, { query: 'client_secret=s3cret' })).toBe('invalid_request');
    expect(read(grant, { query: 'client_id=me&client_secret=s3cret' })).toBe('invalid_request');
  });

  test.each(['implicit', 'password', 'authorization_code', 'Client_Credentials'])(
    'readTokenRequest answers unsupported_grant_type to the grant type %s',
    (name) => {
      expect(read(`grant_type=${name}&client_id=me&client_secret=s3cret`)).toBe('unsupported_grant_type');
    },
  );

  test('readTokenRequest answers invalid_scope to a scope', () => {
    expect(read(`${both}&scope=admin`)).toBe('invalid_scope');
  });

  test('readTokenRequest answers invalid_client to a request without credentials', () => {
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
  ])('readTokenRequest answers invalid_client to the header Authorization: %s', (authorization) => {
    expect(read(grant, { authorization })).toBe('invalid_client');
  });
});
