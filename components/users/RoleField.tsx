import { Radio } from '@mantine/core';
import { RadioCard, RadioCards } from '#components/forms/RadioCards.tsx';
import { roleNames } from '#lib/users/permissions';
import type { Role } from '#prisma/enums';

const descriptions = {
  viewer: 'Sees promotions, jobs and codes',
  merchandiser: 'Creates promotions, codes and exports as well',
  administrator: 'Raises maximums and manages users as well',
} as const satisfies Record<Role, string>;

const roles: readonly Role[] = ['viewer', 'merchandiser', 'administrator'];

type Props = { value: Role; onChange: (role: Role) => void; error?: string };

/** What somebody may do. */
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
