import { WithCode } from '#components/api/Prose.tsx';
import type { ApiField } from '#lib/api/describe';
import classes from './fields.module.css';

type Props = {
  fields: readonly (ApiField & { where?: string })[];
  /** Whether they are read: then it says which may be absent, not which must be there. */
  ofAnswer?: boolean;
};

/** Fields, each with its type, its limits and what it holds. */
export function ApiFields({ fields, ofAnswer = false }: Props) {
  return (
    <ul className={classes.fields}>
      {fields.map((field) => (
        <li key={field.name}>
          <div className={classes.field}>
            <code>{field.name}</code>
            <span className={classes.type}>
              {field.type}
              {field.where && `, in the ${field.where}`}
            </span>
            {field.required && !ofAnswer && <span className={classes.required}>required</span>}
            {!field.required && ofAnswer && <span className={classes.type}>may be absent</span>}
          </div>
          {field.text && (
            <p className={classes.meaning}>
              <WithCode text={field.text} />
            </p>
          )}
          {field.limits.length > 0 && (
            <p className={classes.limits}>
              <WithCode text={field.limits.join('; ')} />
            </p>
          )}
          {field.parts.map(({ title, fields }) =>
            title === undefined && !ofAnswer ? (
              <ApiFields key="fields" fields={fields} ofAnswer={ofAnswer} />
            ) : (
              <details key={title ?? 'fields'} className={classes.more}>
                <summary>{title === undefined ? `Fields of ${field.name}` : <WithCode text={title} />}</summary>
                <ApiFields fields={fields} ofAnswer={ofAnswer} />
              </details>
            ),
          )}
        </li>
      ))}
    </ul>
  );
}
