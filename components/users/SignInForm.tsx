'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { sameOriginUrl } from '#components/users/sameOriginUrl.ts';
import { type SignInAnswer, signInWithPassword } from '#components/users/signInWithPassword.ts';
import { type SignInInput, signInInput } from '#lib/users/schema';

/** Signs in and opens `callbackUrl`, or the promotions when that is on another site. */
export function SignInForm({ callbackUrl }: { callbackUrl: string }) {
  const [problem, setProblem] = useState<string>();
  const { register, handleSubmit, setFocus, resetField, formState } = useForm<SignInInput>({
    resolver: zodResolver(signInInput),
    defaultValues: { email: '', password: '' },
  });
  const { errors, isSubmitting } = formState;

  async function submit({ email, password }: SignInInput) {
    setProblem(undefined);
    const answer = await signInWithPassword(email, password);
    if (answer.outcome === 'signed in') {
      window.location.assign(sameOriginUrl(callbackUrl));
      // Keeps the form submitting until the next page has loaded.
      await new Promise(() => {});
    }
    setProblem(problemText(answer));
    resetField('password');
    setFocus('password');
  }

  return (
    <form method="post" noValidate onSubmit={handleSubmit(submit)} aria-label="Sign in">
      <Stack gap="md">
        {problem && (
          <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
            {problem}
          </Alert>
        )}
        <TextInput
          {...register('email')}
          label="Email"
          type="email"
          size="md"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.email?.message}
        />
        <PasswordInput
          {...register('password')}
          label="Password"
          size="md"
          autoComplete="current-password"
          error={errors.password?.message}
        />
        <Button type="submit" size="md" mt="xs" loading={isSubmitting}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

function problemText(answer: SignInAnswer): string {
  switch (answer.outcome) {
    case 'signed in':
      return '';
    case 'wrong':
      return "Email and password don't match. Check both and try again.";
    case 'refused':
      return 'Promint refused this request. Reload the page and try again. If the problem continues, ask an administrator to check APP_URL.';
    case 'too many attempts':
      return `Too many attempts. Try again in ${answer.minutes} ${answer.minutes === 1 ? 'minute' : 'minutes'}.`;
    case 'unreachable':
      return 'Promint is not responding. Try again in a moment.';
  }
}
