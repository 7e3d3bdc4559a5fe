import { Paper, Skeleton, Stack, VisuallyHidden } from '@mantine/core';

/** A page on its way, in the places where its header and list will be. */
export function PageSkeleton() {
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>Loading</VisuallyHidden>
      <Skeleton height={30} width="14rem" mt={2} />
      <Skeleton height={14} width="22rem" maw="100%" mt={13} mb={28} />
      <ListSkeleton />
    </div>
  );
}

/** The rows of a list on their way. */
export function ListSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Paper p="md" aria-hidden="true">
      <Stack gap="lg">
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row.toString()} height={18} width={`${92 - ((row * 13) % 30)}%`} />
        ))}
      </Stack>
    </Paper>
  );
}
