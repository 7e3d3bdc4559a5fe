import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { LogoMark } from '#components/shell/Logo.tsx';
import classes from './SignInScreen.module.css';

const sampleCodes = ['summer-k7vd-3x9m', 'spring-p4hz-82wt', 'hello-rq6n-jb5c'];

type Props = { title: string; description: string; help: ReactNode; children: ReactNode };

/** The layout of the pages outside the dashboard: a form, and sample codes beside it. */
export function SignInScreen({ title, description, help, children }: Props) {
  return (
    <div className={classes.screen}>
      <main className={classes.form}>
        <LogoMark size={44} />
        <Title order={1} mt="lg">
          {title}
        </Title>
        <Text c="dimmed" mt={6} mb="xl">
          {description}
        </Text>
        {children}
        <Text c="dimmed" size="sm" mt="xl" component="div">
          {help}
        </Text>
      </main>
      <div className={classes.picture} aria-hidden="true">
        <div className={classes.tickets}>
          {sampleCodes.map((code) => (
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
