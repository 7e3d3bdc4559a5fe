import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import Form from 'next/form';
import Link from 'next/link';
import { codesHref } from '#components/codes/hrefs.ts';
import { type CodeOrder, type CodesAddress, codeLimits, codeOrders } from '#lib/codes/schema';
import classes from './codes.module.css';

const orderLabels = { newest: 'Newest first', code: 'Code order' } as const satisfies Record<CodeOrder, string>;

/** The search and the order of the list of codes. Both are in the address. */
export function CodesFilter({ promotionId, filter: { search, order } }: { promotionId: string; filter: CodesAddress }) {
  return (
    <div className={classes.bar}>
      <Form action={codesHref(promotionId)} role="search" aria-label="Codes of this promotion" className={classes.search}>
        {order !== 'newest' && <input type="hidden" name="order" value={order} />}
        <TextInput
          key={search}
          name="search"
          type="search"
          aria-label="Search this promotion's codes"
          placeholder="Search by part of a code"
          defaultValue={search}
          maxLength={codeLimits.length}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          leftSection={<IconSearch size={16} aria-hidden="true" />}
        />
      </Form>
      <nav aria-label="Order" className={classes.orders}>
        {codeOrders.map((each) => (
          <Link
            key={each}
            href={codesHref(promotionId, { search, order: each })}
            scroll={false}
            prefetch={false}
            aria-current={each === order ? 'page' : undefined}
            className={classes.order}
          >
            {orderLabels[each]}
          </Link>
        ))}
      </nav>
    </div>
  );
}
