import { VisuallyHidden } from '@mantine/core';
import { IconArrowRight, IconPencil, IconRosetteDiscount } from '@tabler/icons-react';
import { DateTime } from '#components/ui/DateTime.tsx';
import { formatCount } from '#lib/format/number';
import type { FieldValue } from '#lib/history/describe';
import type { VersionEntry } from '#lib/history/query';
import classes from './history.module.css';

/** A change in the history, with the old and the new value of each field. */
export function VersionChanges({ version, changes, codes }: Pick<VersionEntry, 'version' | 'changes' | 'codes'>) {
  const Icon = version === 1 ? IconRosetteDiscount : IconPencil;
  return (
    <div className={classes.entry}>
      <Icon size={18} stroke={1.7} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>
        <span className={classes.title}>{versionTitle(version, codes)}</span>
        {changes.length > 0 && (
          <dl className={classes.changes}>
            {changes.map(({ term, from, to }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>
                  <span className={classes.before}>
                    <VisuallyHidden>from </VisuallyHidden>
                    <FieldText value={from} />
                  </span>
                  <IconArrowRight size={15} className={classes.arrow} aria-hidden="true" />
                  <span>
                    <VisuallyHidden>to </VisuallyHidden>
                    <FieldText value={to} />
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </div>
  );
}

function versionTitle(version: number, codes: number | null): string {
  if (codes !== null) return `${formatCount(Math.abs(codes), 'code')} ${codes > 0 ? 'added' : 'removed'}`;
  return version === 1 ? 'Promotion created' : 'Promotion changed';
}

/** The value of a field as text, in quotation marks if `quoted`. */
export function FieldText({ value, quoted = false }: { value: FieldValue; quoted?: boolean }) {
  if ('moment' in value) return <DateTime value={new Date(value.moment)} as="moment" />;
  return quoted ? `“${value.text}”` : value.text;
}
