'use client';

import type { ChangeOwnPassword } from '#components/users/actions.ts';
import { ChangePasswordForm } from '#components/users/ChangePasswordForm.tsx';
import { sameOriginUrl } from '#components/users/sameOriginUrl.ts';

type Props = { email: string; change: ChangeOwnPassword; callbackUrl: string };

/** Replaces a password that somebody else knows, then opens `callbackUrl`, or the promotions when that is on another site. */
export function ChooseOwnPassword({ email, change, callbackUrl }: Props) {
  const openNextPage = (signedIn: boolean) => window.location.assign(signedIn ? sameOriginUrl(callbackUrl) : '/sign-in');
  return <ChangePasswordForm email={email} change={change} onChanged={openNextPage} />;
}
