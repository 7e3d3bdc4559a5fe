'use client';

import type { ChangeOwnPassword } from '#components/users/actions.ts';
import { ChangePasswordForm } from '#components/users/ChangePasswordForm.tsx';
import { sameOriginUrl } from '#components/users/sameOriginUrl.ts';

type Props = { email: string; change: ChangeOwnPassword; callbackUrl: string };

/** Replaces a password that somebody else knows, and goes on to `callbackUrl`, when that is on this site. */
export function ChooseOwnPassword({ email, change, callbackUrl }: Props) {
  const goOn = (signedIn: boolean) => window.location.assign(signedIn ? sameOriginUrl(callbackUrl) : '/sign-in');
  return <ChangePasswordForm email={email} change={change} onChanged={goOn} />;
}
