import type { ReactNode } from 'react';
import { DownloadsAllowed } from '#components/jobs/downloads-allowed.tsx';
import { JobsWatcher } from '#components/jobs/JobsWatcher.tsx';
import { AppShell } from '#components/shell/AppShell.tsx';
import { currentUser, requirePageUser } from '#lib/auth';
import { exportLinkAction } from '../downloads/actions.ts';
import { watchJobsAction } from './jobs/actions.ts';

/** The shell around every signed-in page. It grants nothing: each page requires its own permission. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (!user) return children;
  // Redirects from pages that require no permission too, such as the API documentation.
  if (user.mustChangePassword) await requirePageUser('read');
  const { id, name, role, canDownloadExports } = user;
  return (
    <DownloadsAllowed value={canDownloadExports}>
      <AppShell user={{ id, name, role }}>
        {children}
        <JobsWatcher watch={watchJobsAction} link={exportLinkAction} />
      </AppShell>
    </DownloadsAllowed>
  );
}
