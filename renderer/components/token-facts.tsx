import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import type { TokenFact } from '../token-fact-list.ts';

const useStyles = makeStyles({
  facts: {
    ...typographyStyles.body1,
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: '20px',
    rowGap: '6px',
    margin: 0,
    '@media (max-width: 560px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '0' },
  },
  label: { color: tokens.colorNeutralForeground3 },
  value: {
    margin: 0,
    overflowWrap: 'anywhere',
    userSelect: 'text',
    '@media (max-width: 560px)': { marginBottom: '8px' },
  },
  line: { display: 'block' },
});

/** The claims of a token, to read or to select. */
export function TokenFacts({ list }: { list: readonly TokenFact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {list.map(({ label, values }) => (
        <Fact key={label} label={label} values={values} />
      ))}
    </dl>
  );
}

function Fact({ label, values }: TokenFact) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>
        {Array.from(values.entries(), ([index, value]) => (
          <span key={index} className={styles.line}>
            {value}
          </span>
        ))}
      </dd>
    </>
  );
}
