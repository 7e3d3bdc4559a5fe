import type { ReactNode } from 'react';
import { JobsWatcher } from '#components/jobs/JobsWatcher';
import { AppShell } from '#components/shell/AppShell';
import { currentUser } from '#lib/auth';
import { exportLinkAction } from '../downloads/actions.ts';
import { watchJobsAction } from './jobs/actions.ts';

/** The shell around every signed-in page. No lock hangs on it: each page asks for its own permission. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (!user) return children;
  return (
    <AppShell user={user}>
      {children}
      <JobsWatcher watch={watchJobsAction} link={exportLinkAction} />
    </AppShell>
  );
}
