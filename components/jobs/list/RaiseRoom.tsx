import { useQueryClient } from '@tanstack/react-query';
import { jobsKey } from '#components/jobs/jobs-query.ts';
import type { PromotionActions } from '#components/promotions/actions.ts';
import { SetMaxCodes } from '#components/promotions/SetMaxCodes.tsx';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

type Props = Pick<PromotionActions, 'raise' | 'update'> & { capacity: PromotionCapacity; opened: boolean; onClose: () => void };

/** The dialog that raises a promotion's maximum; what the job form knows of it is asked anew after. */
export function RaiseRoom({ capacity, raise, update, opened, onClose }: Props) {
  const queryClient = useQueryClient();
  const close = () => {
    onClose();
    void queryClient.invalidateQueries({ queryKey: jobsKey });
  };
  const promotion = { ...capacity, end: new Date(capacity.end), latestEndAbove1000: new Date(capacity.latestEndAbove1000) };
  return <SetMaxCodes opened={opened} onClose={close} promotion={promotion} raise={raise} update={update} />;
}
