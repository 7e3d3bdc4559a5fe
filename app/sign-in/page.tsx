import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '#components/users/SignInForm.tsx';
import { SignInScreen } from '#components/users/SignInScreen.tsx';
import { currentUser } from '#lib/auth';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ callbackUrl?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  if (await currentUser()) redirect('/promotions');
  const { callbackUrl } = await searchParams;
  return (
    <SignInScreen
      title="Sign in to Promint"
      description="Create promotion codes in bulk and watch them being made."
      help="No account or forgot your password? Ask an administrator."
    >
      <SignInForm callbackUrl={typeof callbackUrl === 'string' ? callbackUrl : '/promotions'} />
    </SignInScreen>
  );
}
