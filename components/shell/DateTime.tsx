'use client';

import { useInBrowser } from '#components/shell/useInBrowser';

type Props = { value: Date; withTime?: boolean };

/** A moment as the person's clock has it, exact on hover; in UTC until the browser knows better. */
export function DateTime({ value, withTime = false }: Props) {
  const timeZone = useInBrowser() ? undefined : 'UTC';
  const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const text = new Intl.DateTimeFormat('en-GB', withTime ? { ...day, ...time } : day).format(value);
  const exact = new Intl.DateTimeFormat('en-GB', { ...day, ...time, second: '2-digit', timeZoneName: 'short' }).format(value);
  return (
    <time dateTime={value.toISOString()} title={exact} style={{ whiteSpace: 'nowrap' }}>
      {text}
    </time>
  );
}
