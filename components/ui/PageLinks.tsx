import { Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { formatNumber } from '#lib/format/number';
import classes from './PageLinks.module.css';

type Props = {
  page: number;
  pages: number;
  /** True when there are more pages than were counted. */
  more?: boolean;
  href: (page: number) => string;
};

/** The pagination of a list. Renders nothing when there is one page. */
export function PageLinks({ page, pages, more = false, href }: Props) {
  if (pages <= 1) return null;
  return (
    <nav aria-label="Pages" className={classes.pages}>
      <div>
        {page > 1 && (
          <ButtonLink href={href(page - 1)} variant="default" size="sm" leftSection={<IconChevronLeft size={16} aria-hidden="true" />}>
            Previous
          </ButtonLink>
        )}
      </div>
      <Text size="sm" c="dimmed">
        Page {formatNumber(page)} of {formatNumber(pages)}
        {more && '+'}
      </Text>
      <div>
        {(page < pages || more) && (
          <ButtonLink href={href(page + 1)} variant="default" size="sm" rightSection={<IconChevronRight size={16} aria-hidden="true" />}>
            Next
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
