import { Paper, Title } from '@mantine/core';
import { ApiErrors } from '#components/api/ApiErrors.tsx';
import { ApiFields } from '#components/api/ApiFields.tsx';
import { CodeBlock } from '#components/api/CodeBlock.tsx';
import { CodeSamples } from '#components/api/CodeSamples.tsx';
import { Method } from '#components/api/Method.tsx';
import { Prose, WithCode } from '#components/api/Prose.tsx';
import { CopyText } from '#components/ui/CopyText.tsx';
import type { ApiCall as Call } from '#lib/api/describe';
import classes from './api.module.css';
import code from './code.module.css';
import fields from './fields.module.css';

/** One call: what it takes and answers beside samples to copy. */
export function ApiCall({ call }: { call: Call }) {
  const { id, method, path, summary, description, parameters, body, answer, errors, samples } = call;
  return (
    <Paper component="article" id={id} aria-labelledby={`${id}-title`} className={classes.call}>
      <div className={classes.head}>
        <Title order={3} id={`${id}-title`}>
          <a href={`#${id}`} className={classes.anchor}>
            {summary}
          </a>
        </Title>
        <p className={classes.path}>
          <Method method={method} />
          <code>{path}</code>
        </p>
      </div>
      <div className={classes.words}>
        {description && <Prose text={description} />}
        {parameters.length > 0 && (
          <>
            <Title order={4}>Parameters</Title>
            <ApiFields fields={parameters} />
          </>
        )}
        {body && (
          <>
            <Title order={4}>
              Body, as <WithCode text={body.as} />
            </Title>
            <ApiFields fields={body.fields} />
          </>
        )}
        <Title order={4}>What comes back</Title>
        {answer.fields.length > 0 ? (
          <details className={fields.more}>
            <summary>Fields of the answer</summary>
            <ApiFields fields={answer.fields} ofAnswer />
          </details>
        ) : (
          <p>{answer.status}, without a body.</p>
        )}
        <ApiErrors errors={errors} />
      </div>
      <div className={classes.samples}>
        <CodeSamples samples={samples} of={summary} />
        {answer.example && (
          <div>
            <div className={code.head}>
              <Title order={4}>Answer {answer.status}</Title>
              <CopyText text={answer.example} name={`the answer of “${summary}”`} />
            </div>
            <CodeBlock code={answer.example} />
          </div>
        )}
      </div>
    </Paper>
  );
}
