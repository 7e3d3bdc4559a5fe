import classes from './Method.module.css';

/** What a call does to the store, by its HTTP method. */
export function Method({ method, short = false }: { method: string; short?: boolean }) {
  return (
    <span className={classes.method} data-method={method} data-short={short || undefined}>
      {short && method === 'DELETE' ? 'DEL' : method}
    </span>
  );
}
