import { CopyText } from '#components/shell/CopyText';
import classes from './api.module.css';

/** Code to read and to copy; `what` says which, for who cannot see where it stands. */
export function CodeBlock({ title, code, what }: { title?: string; code: string; what: string }) {
  return (
    <figure className={classes.block}>
      {title && <figcaption>{title}</figcaption>}
      <div className={classes.copy}>
        <CopyText text={code} what={what} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled by the keyboard too */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}
