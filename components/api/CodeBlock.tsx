import classes from './code.module.css';

/** Code as it is. */
export function CodeBlock({ code }: { code: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by the keyboard too
    <pre tabIndex={0} className={classes.code}>
      <code>{code}</code>
    </pre>
  );
}
