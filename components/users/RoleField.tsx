import { Radio } from '@mantine/core';
import { RadioCard, RadioCards } from '#components/forms/RadioCards.tsx';
import { roleNames } from '#lib/users/permissions';
import type { Role } from '#prisma/enums';

const descriptions = {
  viewer: 'Can view promotions, jobs and codes',
  merchandiser: 'Can also create promotions, codes and exports',
  administrator: 'Can also raise maximums and manage users',
} as const satisfies Record<Role, string>;

const roles: readonly Role[] = ['viewer', 'merchandiser', 'administrator'];

type Props = { value: Role; onChange: (role: Role) => void; error?: string };

/** The choice of a user's role. */
export function RoleField({ value, onChange, error }: Props) {
  return (
    <Radio.Group label="Role" value={value} onChange={(chosen) => onChange(roles.find((role) => role === chosen) ?? value)} error={error}>
      <RadioCards>
        {roles.map((role) => (
          <RadioCard key={role} value={role} title={roleNames[role]} description={descriptions[role]} />
        ))}
      </RadioCards>
    </Radio.Group>
  );
}
