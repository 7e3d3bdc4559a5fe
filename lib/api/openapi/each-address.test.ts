import { expect, test, vi } from 'vitest';
import { openApiDocument } from '#lib/api/openapi/document';
import { atEachAddress } from '#lib/api/openapi/each-address';

test('a document is created once and names each address that it is asked for', async () => {
  const create = vi.fn(async (baseUrl: string) => ({ servers: [baseUrl], link: `${baseUrl}/v2` }));
  const document = atEachAddress(create);
  for (let n = 0; n < 1_000; n += 1)
    expect(await document(`https://shop-${n}.example`)).toEqual({
      servers: [`https://shop-${n}.example`],
      link: `https://shop-${n}.example/v2`,
    });
  expect(create).toHaveBeenCalledTimes(1);
});

test('an address is put in as it is, also with signs that JSON or a replacement has a meaning for', async () => {
  const address = 'https://x.example/"\\$&';
  expect(await atEachAddress(async (baseUrl) => [baseUrl])(address)).toEqual([address]);
});

test('the OpenAPI document names the address that it is requested at and no other', async () => {
  const document = JSON.stringify(await openApiDocument('https://codes.example'));
  expect(document).toContain('https://codes.example/v2');
  expect(document).not.toContain('.invalid');
});
