import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/AppShell';
import { currentUser } from '#lib/auth';

/** The shell around every signed-in page. No lock hangs on it: each page asks for its own permission. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (!user) return children;
  return <AppShell user={user}>{children}</AppShell>;
}
