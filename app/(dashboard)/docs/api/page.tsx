import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ApiGuide } from '#components/api/ApiGuide.tsx';
import { PublicPage } from '#components/shell/PublicPage.tsx';
import { apiGuide } from '#lib/api/describe';
import { currentUser } from '#lib/auth';
import { baseUrl } from '#lib/http/base-url';

export const metadata: Metadata = { title: 'API documentation' };

/** For everybody, as `/openapi.json` is: who writes a program need not be somebody who signs in. */
export default async function ApiDocsPage() {
  const guide = <ApiGuide guide={await apiGuide(baseUrl(await headers()))} />;
  return (await currentUser()) ? guide : <PublicPage>{guide}</PublicPage>;
}
