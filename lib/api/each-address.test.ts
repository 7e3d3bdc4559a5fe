import { expect, test, vi } from 'vitest';
import { apiGuide } from '#lib/api/describe';
import { atEachAddress } from '#lib/api/each-address';
import { openApiDocument } from '#lib/api/openapi';

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

test('the document and the guide of the API name the address they are asked at and no other', async () => {
  for (const made of [await openApiDocument('https://codes.example'), await apiGuide('https://codes.example')]) {
    expect(JSON.stringify(made)).toContain('https://codes.example/v2');
    expect(JSON.stringify(made)).not.toContain('.invalid');
  }
});
