import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ChooseOwnPassword } from '#components/users/ChooseOwnPassword.tsx';
import { SignInScreen } from '#components/users/SignInScreen.tsx';
import { SignOut } from '#components/users/SignOut.tsx';
import { requirePageUser } from '#lib/auth';
import { changeOwnPasswordAction } from '../(dashboard)/account/actions.ts';

export const metadata: Metadata = { title: 'Change your password' };

type Props = { searchParams: Promise<{ callbackUrl?: string | string[] }> };

/** The only page for a user who must change the password. */
export default async function ChangePasswordPage({ searchParams }: Props) {
  const user = await requirePageUser('own_password');
  if (!user.mustChangePassword) redirect('/account');
  const { callbackUrl } = await searchParams;
  return (
    <SignInScreen
      title="Choose your own password"
      description="Your current password was set by someone else or printed on a screen. Change it to continue."
      help={
        <>
          Signed in as {user.name}. <SignOut />
        </>
      }
    >
      <ChooseOwnPassword
        email={user.name}
        change={changeOwnPasswordAction}
        callbackUrl={typeof callbackUrl === 'string' ? callbackUrl : '/promotions'}
      />
    </SignInScreen>
  );
}
