import { Radio, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './RadioCards.module.css';

/** The choices of a radio group, side by side where there is room. */
export function RadioCards({ children }: { children: ReactNode }) {
  return <div className={classes.choices}>{children}</div>;
}

type Props = { value: string; title: string; description: string };

/** One of few, with what it means. Stands in {@link RadioCards}. */
export function RadioCard({ value, title, description }: Props) {
  return (
    <Radio.Card value={value} className={classes.choice}>
      <Radio.Indicator mt={2} />
      <div>
        <Text size="sm" fw={570}>
          {title}
        </Text>
        <Text size="xs" c="dimmed" mt={2}>
          {description}
        </Text>
      </div>
    </Radio.Card>
  );
}
