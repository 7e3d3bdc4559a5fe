import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { LogoMark } from '#components/shell/Logo';
import classes from './SignInScreen.module.css';

const tickets = ['summer-k7vd-3x9m', 'spring-p4hz-82wt', 'hello-rq6n-jb5c'];

/** The page before the dashboard: the form, and beside it what it is all about. */
export function SignInScreen({ children }: { children: ReactNode }) {
  return (
    <div className={classes.screen}>
      <main className={classes.form}>
        <LogoMark size={44} />
        <Title order={1} mt="lg">
          Sign in to Promint
        </Title>
        <Text c="dimmed" mt={6} mb="xl">
          Promotion codes by the thousand, in jobs you can watch.
        </Text>
        {children}
        <Text c="dimmed" size="sm" mt="xl">
          No account, or the password is lost? An administrator can help.
        </Text>
      </main>
      <div className={classes.picture} aria-hidden="true">
        <div className={classes.tickets}>
          {tickets.map((code) => (
            <div key={code} className={classes.ticket}>
              <span className={classes.stub}>%</span>
              <span className={classes.code}>{code}</span>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
