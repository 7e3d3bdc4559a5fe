'use client';

import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { FormSection } from '#components/forms/FormSection.tsx';
import type { ChangeOwnPassword } from '#components/users/actions.ts';
import { ChangePasswordForm } from '#components/users/ChangePasswordForm.tsx';

/** The section of the account page that changes the password. */
export function AccountPassword({ email, change }: { email: string; change: ChangeOwnPassword }) {
  const router = useRouter();
  function changed(signedIn: boolean) {
    router.refresh();
    if (signedIn) notifications.show({ message: 'Password changed. Your other devices are signed out.' });
  }
  return (
    <FormSection title="Change your password" description="All your other devices are signed out.">
      <ChangePasswordForm email={email} change={change} onChanged={changed} />
    </FormSection>
  );
}
