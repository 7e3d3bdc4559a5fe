import { Select, type SelectProps, Text } from '@mantine/core';
import { currencies } from '#lib/format/money';

const names = new Intl.DisplayNames('en', { type: 'currency' });

function currencyName(code: string): string {
  return names.of(code) ?? code;
}

/** A currency, searchable by code and name. */
export function CurrencySelect(props: Omit<SelectProps, 'data'>) {
  return (
    <Select
      aria-label="Currency"
      data={currencies}
      searchable
      allowDeselect={false}
      nothingFoundMessage="No currency found"
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      maxDropdownHeight={260}
      filter={({ options, search, limit }) => {
        const query = search.trim().toLowerCase();
        return options
          .filter((option) => 'value' in option && `${option.value} ${currencyName(option.value)}`.toLowerCase().includes(query))
          .slice(0, limit);
      }}
      renderOption={({ option }) => (
        <span>
          {option.value}{' '}
          <Text span size="sm" c="dimmed">
            {currencyName(option.value)}
          </Text>
        </span>
      )}
      {...props}
    />
  );
}
