import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ApiReference } from '#components/docs/ApiReference.tsx';
import { DocsHeader } from '#components/docs/DocsHeader.tsx';
import { currentUser, requirePageUser } from '#lib/auth';

export const metadata: Metadata = { title: 'API documentation' };

/** Public, as `/openapi.json` is: the author of a program may have no account. It has a policy of its own in `proxy.ts`. */
export default async function ApiDocsPage() {
  const user = await currentUser();
  if (user?.mustChangePassword) await requirePageUser('read');
  return (
    <>
      <DocsHeader signedIn={user !== null} />
      <ApiReference nonce={(await headers()).get('x-nonce') ?? undefined} />
    </>
  );
}
