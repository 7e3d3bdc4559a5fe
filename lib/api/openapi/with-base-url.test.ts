import { expect, test, vi } from 'vitest';
import { openApiDocument } from '#lib/api/openapi/document';
import { withBaseUrl } from '#lib/api/openapi/with-base-url';

test('withBaseUrl creates a document once and inserts the base URL of each call', async () => {
  const create = vi.fn(async (baseUrl: string) => ({ servers: [baseUrl], link: `${baseUrl}/v2` }));
  const document = withBaseUrl(create);
  for (let n = 0; n < 1_000; n += 1)
    expect(await document(`https://shop-${n}.example`)).toEqual({
      servers: [`https://shop-${n}.example`],
      link: `https://shop-${n}.example/v2`,
    });
  expect(create).toHaveBeenCalledTimes(1);
});

test('withBaseUrl inserts a base URL with special characters unchanged', async () => {
  const address = 'https://x.example/"\\$&';
  expect(await withBaseUrl(async (baseUrl) => [baseUrl])(address)).toEqual([address]);
});

test('openApiDocument contains the given base URL and no placeholder', async () => {
  const document = JSON.stringify(await openApiDocument('https://codes.example'));
  expect(document).toContain('https://codes.example/v2');
  expect(document).not.toContain('.invalid');
});
