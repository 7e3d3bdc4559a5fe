'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCalendarDue } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ConflictNote } from '#components/forms/ConflictNote.tsx';
import { callAction } from '#components/forms/callAction.ts';
import { NumberField } from '#components/forms/NumberField.tsx';
import { showProblems } from '#components/forms/showProblems.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { codesInWords } from '#components/promotions/labels.ts';
import { useTimeZone } from '#components/ui/useTimeZone.ts';
import { formatEnd } from '#lib/format/dates';
import { formatNumber } from '#lib/format/number';
import type { PromotionView } from '#lib/promotions/query';
import { promotionLimits, type SetMaxCodesInput, setMaxCodesInput } from '#lib/promotions/schema';

const { defaultMaxCodes, daysAboveDefault, maxCodes: limit } = promotionLimits;

type Props = {
  opened: boolean;
  onClose: () => void;
  promotion: Pick<PromotionView, 'id' | 'maxCodes' | 'codeCount' | 'end' | 'latestEndAbove1000'>;
  raise: PromotionActions['raise'];
  update: PromotionActions['update'];
};

/** Where an administrator says how many codes a promotion may hold. */
export function SetMaxCodes({ opened, onClose, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Maximum of codes">
      <SetMaxCodesForm {...props} onClose={onClose} />
    </Modal>
  );
}

function SetMaxCodesForm({ promotion, raise, update, onClose }: Omit<Props, 'opened'>) {
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
      const raised = await callAction(raise, { ...input, read: { max_codes: read } });
      notifications.show({ message: `Maximum set to ${codesInWords(raised.maxCodes)}.` });
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
          description={`${formatNumber(Math.max(1, codeCount))} to ${formatNumber(limit)}. The promotion has ${codesInWords(codeCount)} now.`}
          limits={{ min: Math.max(1, codeCount), max: limit }}
        />
        <Text size="sm" c="dimmed">
          With more than {formatNumber(defaultMaxCodes)} codes a promotion must end within {daysAboveDefault} days of its start.
        </Text>
        {conflict && (
          <ConflictNote now={codesInWords(maxCodes)} onTheirs={() => settle(maxCodes)} onMine={() => settle(watch('max_codes'))} />
        )}
        {tooLong && <EndOffer promotion={promotion} update={update} />}
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

/** The promotion runs too long for a higher maximum: offers the last end that would do. */
function EndOffer({ promotion, update }: Pick<Props, 'promotion' | 'update'>) {
  const router = useRouter();
  const timeZone = useTimeZone();
  const { id: promotionId, end, latestEndAbove1000: latest } = promotion;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => callAction(update, { promotionId, end: latest.toISOString(), read: { end: end.toISOString() } }),
    onSuccess: () => router.refresh(),
  });
  const passed = latest <= new Date();
  const by = formatEnd(latest, timeZone);
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconCalendarDue />}
      title={`It ends on ${formatEnd(end, timeZone)}, which is too late`}
      role="status"
    >
      <Text size="sm">
        {passed
          ? `It would have to end by ${by}, and that has passed. Duplicate the promotion and give the copy a new start.`
          : `It would have to end by ${by}.`}
      </Text>
      {!passed && (
        <Button size="xs" mt="sm" loading={isPending} onClick={() => mutate()}>
          Move its end to {by}
        </Button>
      )}
      {error && (
        <Text size="sm" c="red" mt="xs" role="alert">
          {error.message}
        </Text>
      )}
    </Alert>
  );
}
