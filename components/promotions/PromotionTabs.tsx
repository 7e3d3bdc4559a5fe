'use client';

import { usePathname } from 'next/navigation';
import { TabLinks } from '#components/ui/TabLinks.tsx';

/** The links to the pages of a promotion. The last page is read-only for a role that cannot edit. */
export function PromotionTabs({ promotionId, mayWrite }: { promotionId: string; mayWrite: boolean }) {
  const path = usePathname();
  const home = `/promotions/${promotionId}`;
  const tabs = [
    { href: home, label: 'Jobs' },
    { href: `${home}/codes`, label: 'Codes' },
    { href: `${home}/uses`, label: 'Uses' },
    { href: `${home}/exports`, label: 'Exports' },
    { href: `${home}/history`, label: 'History' },
    { href: `${home}/edit`, label: mayWrite ? 'Edit' : 'Details' },
  ];
  return <TabLinks label="This promotion" tabs={tabs.map((tab) => ({ ...tab, active: path === tab.href }))} />;
}
