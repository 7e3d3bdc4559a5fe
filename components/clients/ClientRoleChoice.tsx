import { Radio } from '@mantine/core';
import { roleWords } from '#components/clients/labels.ts';
import { Choice, Choices } from '#components/shell/Choice.tsx';
import type { ClientRole } from '#prisma/enums';

const roles: readonly ClientRole[] = ['read', 'write'];

type Props = { value: ClientRole; onChange: (role: ClientRole) => void; error?: string };

/** What a client may do. */
export function ClientRoleChoice({ value, onChange, error }: Props) {
  return (
    <Radio.Group label="Role" value={value} onChange={(chosen) => onChange(roles.find((role) => role === chosen) ?? value)} error={error}>
      <Choices>
        {roles.map((role) => (
          <Choice key={role} value={role} {...roleWords[role]} />
        ))}
      </Choices>
    </Radio.Group>
  );
}
