'use client';

import { ActionIcon, Button, Group, Input, NumberInput, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { Controller, useFieldArray, useFormContext } from 'react-hook-form';
import { CurrencySelect } from '#components/promotions/CurrencySelect';
import { emptyRow, type PromotionFormValues } from '#components/promotions/form-values';
import { currencies, decimalsOf, toMajor, toMinor } from '#components/promotions/money';
import classes from './form.module.css';

type Props = {
  name: 'schema.currencies' | 'min_cart_value' | 'max_discount_value';
  of: 'amount' | 'percentage';
  legend: string;
  description: string;
  /** Whether there may be none. */
  optional?: boolean;
};

/** Amounts or percentages, one for each currency. */
export function CurrencyRows({ name, of, legend, description, optional = false }: Props) {
  const { control, getFieldState, formState, getValues } = useFormContext<PromotionFormValues>();
  const id = useId();
  const { fields, append, remove } = useFieldArray({ control, name });
  const { error } = getFieldState(name, formState);
  const listError = error?.root?.message ?? error?.message;
  const next = () => {
    const used = getValues(name).map(({ currency }) => currency);
    const lastUsed = getValues('schema.currencies').map(({ currency }) => currency);
    return [...lastUsed, 'USD', 'EUR', ...currencies].find((currency) => !used.includes(currency)) ?? '';
  };
  return (
    <fieldset className={classes.rows} aria-labelledby={`${id}-label`} aria-describedby={`${id}-description`}>
      <Input.Label labelElement="div" id={`${id}-label`}>
        {legend}
      </Input.Label>
      <Input.Description id={`${id}-description`}>{description}</Input.Description>
      <Stack gap="xs" mt={fields.length > 0 ? 8 : 0}>
        {fields.map((field, index) => (
          <Group key={field.id} gap="xs" wrap="nowrap" align="flex-start">
            {of === 'amount' ? <AmountField name={`${name}.${index}`} /> : <PercentageField name={`${name}.${index}.percentage`} />}
            <CurrencyField name={`${name}.${index}`} />
            {(optional || fields.length > 1) && (
              <ActionIcon variant="subtle" color="gray" size={36} aria-label={`Remove ${field.currency}`} onClick={() => remove(index)}>
                <IconX size={18} aria-hidden="true" />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
      {listError && (
        <Input.Error mt={6} role="alert">
          {listError}
        </Input.Error>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        mt={8}
        ml={-8}
        leftSection={<IconPlus size={15} aria-hidden="true" />}
        onClick={() => append(emptyRow(next()))}
      >
        {fields.length === 0 ? 'Set one' : 'Add a currency'}
      </Button>
    </fieldset>
  );
}

type RowName = `${Props['name']}.${number}`;

function AmountField({ name }: { name: RowName }) {
  const { control, watch } = useFormContext<PromotionFormValues>();
  const currency = watch(`${name}.currency`);
  return (
    <Controller
      control={control}
      name={`${name}.amount`}
      render={({ field: { value, onChange, ...field }, fieldState }) => (
        <NumberInput
          {...field}
          className={classes.amount}
          aria-label={`Amount in ${currency}`}
          placeholder={(0).toFixed(decimalsOf(currency))}
          value={toMajor(value, currency)}
          onChange={(major) => onChange(toMinor(major, currency))}
          error={fieldState.error?.message}
          min={0}
          allowNegative={false}
          decimalScale={decimalsOf(currency)}
          thousandSeparator=","
          hideControls
        />
      )}
    />
  );
}

export function PercentageField({ name, label }: { name: `${RowName}.percentage` | 'schema.percent'; label?: string }) {
  const { control } = useFormContext<PromotionFormValues>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <NumberInput
          {...field}
          className={classes.amount}
          label={label}
          aria-label={label ? undefined : 'Percentage'}
          description={label && '0 to 100, with up to six decimals'}
          placeholder="10"
          suffix=" %"
          error={fieldState.error?.message}
          allowNegative={false}
          decimalScale={6}
          hideControls
        />
      )}
    />
  );
}

/** Another currency keeps the amount as it reads: 5.00 USD becomes 5 JPY. */
function CurrencyField({ name }: { name: RowName }) {
  const { control, getValues, setValue } = useFormContext<PromotionFormValues>();
  return (
    <Controller
      control={control}
      name={`${name}.currency`}
      render={({ field: { value, onChange, ...field }, fieldState }) => (
        <CurrencySelect
          {...field}
          w={104}
          value={value}
          error={fieldState.error?.message}
          onChange={(currency) => {
            if (!currency) return;
            setValue(`${name}.amount`, toMinor(toMajor(getValues(`${name}.amount`), value), currency));
            onChange(currency);
          }}
        />
      )}
    />
  );
}
