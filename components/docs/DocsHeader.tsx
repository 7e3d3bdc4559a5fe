import { Button } from '@mantine/core';
import { LogoMark } from '#components/shell/Logo.tsx';
import classes from './DocsHeader.module.css';

/**
 * The way from the API documentation to the dashboard. The link loads a new document: this page has a content security policy
 * and styles of its own, which must not stay in force in the dashboard.
 */
export function DocsHeader({ signedIn }: { signedIn: boolean }) {
  return (
    <nav className={classes.header} aria-label="Dashboard">
      <span className={classes.brand}>
        <LogoMark />
        Promint
      </span>
      <Button component="a" href={signedIn ? '/promotions' : '/sign-in'} variant="default" size="xs">
        {signedIn ? 'Back to the dashboard' : 'Sign in'}
      </Button>
    </nav>
  );
}
