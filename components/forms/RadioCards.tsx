import { Radio, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './RadioCards.module.css';

/** The options of a radio group, side by side where there is space. */
export function RadioCards({ children }: { children: ReactNode }) {
  return <div className={classes.choices}>{children}</div>;
}

type Props = { value: string; title: string; description: string; disabled?: boolean };

/** An option of a radio group as a card with a description. Use it inside {@link RadioCards}. */
export function RadioCard({ value, title, description, disabled }: Props) {
  return (
    <Radio.Card value={value} disabled={disabled} className={classes.choice}>
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
