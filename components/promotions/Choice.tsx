import { Radio, Text } from '@mantine/core';
import classes from './form.module.css';

type Props = { value: string; title: string; description: string };

/** One of few, with what it means. Stands in a radio group. */
export function Choice({ value, title, description }: Props) {
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
