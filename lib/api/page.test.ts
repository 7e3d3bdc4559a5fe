import { expect, test } from 'vitest';
import { page, pageQuery } from '#lib/api/page';

function links(query: Record<string, string>, total: number) {
  const request = { query: pageQuery.parse(query), address: new URL('https://codes.example.com/v2/promotions') };
  return page(request, { rows: [], total }).links;
}

test('page returns no link to an offset above 10,000', () => {
  const at = (offset: number) => `https://codes.example.com/v2/promotions?page[offset]=${offset}&page[limit]=100`;
  expect(links({ 'page[limit]': '100', 'page[offset]': '9900' }, 50_000)).toMatchObject({ next: at(10_000), last: at(10_000) });
  expect(links({ 'page[limit]': '100', 'page[offset]': '10000' }, 50_000)).toMatchObject({ next: null, last: at(10_000) });
  expect(links({ 'page[limit]': '100' }, 250)).toMatchObject({ next: at(100), last: at(200) });
});
