'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ConflictNote } from '#components/forms/ConflictNote.tsx';
import { callAction } from '#components/forms/callAction.ts';
import { NumberField } from '#components/forms/NumberField.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { EndDateWarning } from '#components/promotions/EndDateWarning.tsx';
import { formatCount, formatNumber } from '#lib/format/number';
import type { PromotionView } from '#lib/promotions/query';
import { promotionLimits, type SetMaxCodesInput, setMaxCodesInput } from '#lib/promotions/schema';

const { defaultMaxCodes, daysAboveDefault, maxCodes: limit } = promotionLimits;

type Props = {
  opened: boolean;
  onClose: () => void;
  promotion: Pick<PromotionView, 'id' | 'maxCodes' | 'codeCount' | 'end' | 'latestEndAbove1000'>;
  setMaxCodes: PromotionActions['setMaxCodes'];
  update: PromotionActions['update'];
};

/** The dialog in which an administrator sets the maximum number of codes. */
export function SetMaxCodes({ opened, onClose, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Maximum number of codes">
      <SetMaxCodesForm {...props} onClose={onClose} />
    </Modal>
  );
}

function SetMaxCodesForm({ promotion, setMaxCodes, update, onClose }: Omit<Props, 'opened'>) {
  const router = useRouter();
  const { id: promotionId, maxCodes, codeCount, end, latestEndAbove1000 } = promotion;
  const [read, setRead] = useState(maxCodes);
  const { control, handleSubmit, setError, setValue, clearErrors, watch, formState } = useForm<SetMaxCodesInput>({
    resolver: zodResolver(setMaxCodesInput),
    defaultValues: { promotionId, max_codes: maxCodes },
  });
  const tooLong = end > latestEndAbove1000 && watch('max_codes') > defaultMaxCodes;

  const conflict = maxCodes !== read && watch('max_codes') !== maxCodes;

  async function submit(input: SetMaxCodesInput) {
    try {
      const saved = await callAction(setMaxCodes, { ...input, read: { max_codes: read } });
      notifications.show({ message: `Maximum set to ${formatCount(saved.maxCodes, 'code')}.` });
      onClose();
    } catch (error) {
      showProblems(error, setError, 'max_codes');
    }
    router.refresh();
  }

  function settle(value: number) {
    setValue('max_codes', value);
    clearErrors('max_codes');
    setRead(maxCodes);
  }

  return (
    <form noValidate onSubmit={handleSubmit(submit)}>
      <Stack>
        <NumberField
          control={control}
          name="max_codes"
          data-autofocus
          label="Maximum number of codes"
          description={`${formatNumber(Math.max(1, codeCount))} to ${formatNumber(limit)}. The promotion has ${formatCount(codeCount, 'code')} now.`}
          limits={{ min: Math.max(1, codeCount), max: limit }}
        />
        <Text size="sm" c="dimmed">
          With more than {formatNumber(defaultMaxCodes)} codes a promotion must end within {daysAboveDefault} days of its start.
        </Text>
        {conflict && (
          <ConflictNote now={formatCount(maxCodes, 'code')} onTheirs={() => settle(maxCodes)} onMine={() => settle(watch('max_codes'))} />
        )}
        {tooLong && <EndDateWarning promotionId={promotionId} end={end} latestEnd={latestEndAbove1000} now={new Date()} update={update} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={formState.isSubmitting} disabled={tooLong}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
