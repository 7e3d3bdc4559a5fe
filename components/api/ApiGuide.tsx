import { Anchor, Title } from '@mantine/core';
import { ApiCall } from '#components/api/ApiCall.tsx';
import { Method } from '#components/api/Method.tsx';
import { Prose } from '#components/api/Prose.tsx';
import { SampleLanguage } from '#components/api/SampleLanguage.tsx';
import { CopyText } from '#components/ui/CopyText.tsx';
import { PageHeader } from '#components/ui/PageHeader.tsx';
import type { ApiGuide as Guide } from '#lib/api/describe';
import classes from './api.module.css';

/** The whole API on one page, to read, to search with the browser and to copy from. */
export function ApiGuide({ guide: { title, version, baseUrl, text, groups } }: { guide: Guide }) {
  return (
    <SampleLanguage>
      <PageHeader
        title={title}
        description={
          <>
            Version {version}, for programs:{' '}
            <Anchor href="/openapi.json" underline="always" inherit>
              openapi.json
            </Anchor>{' '}
            (OpenAPI 3.1)
          </>
        }
      />
      <div className={classes.guide}>
        <nav aria-label="Calls" className={classes.index}>
          {groups.map(({ name, calls }) => (
            <div key={name}>
              <a href={`#${groupId(name)}`} className={classes.indexGroup}>
                {name}
              </a>
              <ul>
                {calls.map(({ id, summary, method }) => (
                  <li key={id}>
                    <a href={`#${id}`}>
                      <Method method={method} short />
                      {summary}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <div>
          <section aria-label="About all calls" className={classes.about}>
            <Prose text={text} />
            <p>
              All addresses begin with <code>{baseUrl}</code> <CopyText text={baseUrl} name="the address" />
            </p>
            <p>
              The samples read what you set once: in a shell <code>CLIENT_ID</code>, <code>CLIENT_SECRET</code> and, for instance,{' '}
              <code>PROMOTION_ID</code>; in JavaScript <code>clientId</code>, <code>clientSecret</code> and <code>promotionId</code>. The
              call for a token sets <code>TOKEN</code> or <code>token</code>.
            </p>
          </section>
          {groups.map(({ name, calls }) => (
            <section key={name} aria-labelledby={groupId(name)}>
              <Title order={2} id={groupId(name)} className={classes.group}>
                {name}
              </Title>
              {calls.map((call) => (
                <ApiCall key={call.id} call={call} />
              ))}
            </section>
          ))}
        </div>
      </div>
    </SampleLanguage>
  );
}

function groupId(name: string): string {
  return `group-${name.toLowerCase()}`;
}
