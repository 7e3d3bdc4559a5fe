import { expect, test } from './support/test.ts';

test('nobody gets past the front page without signing in', async ({ request }) => {
  const answer = await request.get('/', { maxRedirects: 0 });
  expect(answer.status()).toBe(307);
});
