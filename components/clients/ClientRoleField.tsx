import { Radio } from '@mantine/core';
import { roleLabels } from '#components/clients/labels.ts';
import { RadioCard, RadioCards } from '#components/forms/RadioCards.tsx';
import type { ClientRole } from '#prisma/enums';

const roles: readonly ClientRole[] = ['read', 'redeem', 'write'];

type Props = { value: ClientRole; onChange: (role: ClientRole) => void; error?: string };

/** The choice of a client's role. */
export function ClientRoleField({ value, onChange, error }: Props) {
  return (
    <Radio.Group label="Role" value={value} onChange={(chosen) => onChange(roles.find((role) => role === chosen) ?? value)} error={error}>
      <RadioCards>
        {roles.map((role) => (
          <RadioCard key={role} value={role} {...roleLabels[role]} />
        ))}
      </RadioCards>
    </Radio.Group>
  );
}
