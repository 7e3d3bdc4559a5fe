import type { Metadata } from 'next';
import { CodeLookUp } from '#components/codes/CodeLookUp.tsx';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import { requirePageUser } from '#lib/auth';
import { lookUpCodes } from '#lib/codes/query';
import { lookUpInput } from '#lib/codes/schema';
import { db } from '#lib/db';
import { lookUpCodesAction } from './actions.ts';

export const metadata: Metadata = { title: 'Find codes' };

export default async function CodesPage({ searchParams }: PageProps<'/codes'>) {
  const user = await requirePageUser('read');
  const { code } = await searchParams;
  const text = [code ?? ''].flat().join('\n');
  const input = lookUpInput.safeParse({ text });
  const loaded = input.success ? await lookUpCodes(db(), user, input.data) : null;
  const invalid = text ? input.error?.issues[0]?.message : undefined;
  return (
    <>
      <PageHeader title="Find codes" description="Look up any code: its promotion, its job and its status." />
      <CodeLookUp text={text} loaded={loaded} invalid={invalid} lookUp={lookUpCodesAction} />
    </>
  );
}
