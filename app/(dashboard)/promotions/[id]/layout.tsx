import type { ReactNode } from 'react';
import { PromotionHeader } from '#components/promotions/PromotionHeader.tsx';
import { PromotionMenu } from '#components/promotions/PromotionMenu.tsx';
import { PromotionTabs } from '#components/promotions/PromotionTabs.tsx';
import { requirePageUser } from '#lib/auth';
import { db } from '#lib/db';
import { getPromotion } from '#lib/promotions/query';
import { may } from '#lib/users/permissions';
import { deletePromotionAction, duplicatePromotionAction, setMaxCodesAction, updatePromotionAction } from '../actions.ts';
import classes from './layout.module.css';
import { missingPromotion } from './missing-promotion.ts';

type Props = { params: Promise<{ id: string }>; children: ReactNode };

/** Requires a permission itself, as each page does, because the header shows data too. */
export default async function PromotionLayout({ params, children }: Props) {
  const user = await requirePageUser('read');
  const { id } = await params;
  const promotion = await getPromotion(db(), id);
  if (!promotion) return missingPromotion(user, id);
  const mayWrite = may(user.role, 'write');
  return (
    <>
      <PromotionHeader
        promotion={promotion}
        actions={
          mayWrite && (
            <PromotionMenu
              promotion={promotion}
              actions={{
                update: updatePromotionAction,
                duplicate: duplicatePromotionAction,
                delete: deletePromotionAction,
                setMaxCodes: setMaxCodesAction,
              }}
              mayAdminister={may(user.role, 'administer')}
            />
          )
        }
      />
      <PromotionTabs promotionId={id} mayWrite={mayWrite} />
      <div className={classes.page}>{children}</div>
    </>
  );
}
