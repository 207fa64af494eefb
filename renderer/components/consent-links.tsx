import { Link, makeStyles } from '@fluentui/react-components';

import type { ConsentPage } from '../consent-pages.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({ line: { display: 'block' } });

/** Props of {@link ConsentLinks}. */
export interface ConsentLinksProps {
  /** At least one. */
  readonly pages: readonly ConsentPage[];
  readonly words: Words;
  readonly onOpen: (page: ConsentPage) => void;
}

/** Leads to the pages on which a permission is withdrawn; where there are two, each is in a line and says whose it is. */
export function ConsentLinks({ pages, words, onOpen }: ConsentLinksProps) {
  const styles = useStyles();
  const label = { personal: 'window.remove.revokePersonal', work: 'window.remove.revokeWork' } as const;
  const isOnly = pages.length === 1;
  return pages.map((page) => (
    <span key={page} className={isOnly ? undefined : styles.line}>
      <Link
        inline
        as="button"
        onClick={() => {
          onOpen(page);
        }}
      >
        {words.t(isOnly ? 'window.remove.revokeLink' : label[page])}
      </Link>
    </span>
  ));
}
