import type { ApiCall } from '#lib/api/describe';
import classes from './fields.module.css';

/** Everything a call can refuse, by status. */
export function ApiErrors({ errors }: Pick<ApiCall, 'errors'>) {
  return (
    <details className={classes.more}>
      <summary>Errors: {errors.map(({ status }) => status).join(', ')}</summary>
      <dl className={classes.errors}>
        {errors.map(({ status, errors }) => (
          <div key={status}>
            <dt>{status}</dt>
            {errors.map(({ title, detail, source }) => (
              <dd key={`${title} ${detail}`}>
                <strong>{title}</strong>
                {detail && `: ${detail}`}
                {source && (
                  <>
                    {' '}
                    <code>{source}</code>
                  </>
                )}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  );
}
