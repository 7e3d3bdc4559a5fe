import { Button, Group } from '@mantine/core';

type Props = { label: string; isSubmitting: boolean; onCancel: () => void };

/** The buttons at the end of a form in a dialog: Cancel, and the button that submits the form. */
export function FormButtons({ label, isSubmitting, onCancel }: Props) {
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" disabled={isSubmitting} onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" loading={isSubmitting}>
        {label}
      </Button>
    </Group>
  );
}
