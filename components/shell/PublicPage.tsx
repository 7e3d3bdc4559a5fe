import type { ReactNode } from 'react';
import { LogoMark } from '#components/shell/Logo.tsx';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import classes from './PublicPage.module.css';

/** The frame of a public page for visitors who are not signed in. */
export function PublicPage({ children }: { children: ReactNode }) {
  return (
    <>
      <header className={classes.header}>
        <span className={classes.brand}>
          <LogoMark />
          Promint
        </span>
        <ButtonLink href="/sign-in" variant="default" size="xs">
          Sign in
        </ButtonLink>
      </header>
      <main className={classes.page}>{children}</main>
    </>
  );
}
