import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', margin: 0 },
  small: {
    ...typographyStyles.caption1,
    columnGap: '16px',
    rowGap: '4px',
    '@media (max-width: 480px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '0' },
  },
  large: {
    ...typographyStyles.body1,
    columnGap: '20px',
    rowGap: '6px',
    '@media (max-width: 560px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '0' },
  },
  label: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere', userSelect: 'text' },
  smallValue: { '@media (max-width: 480px)': { marginBottom: '6px' } },
  largeValue: { '@media (max-width: 560px)': { marginBottom: '8px' } },
  line: { display: 'block' },
});

/** What is known of something; several values each have a line. */
export interface Fact {
  readonly label: string;
  readonly values: readonly string[];
}

/** Props of {@link FactList}. */
export interface FactListProps {
  readonly list: readonly Fact[];
  /** `small` for what few people look at. */
  readonly size: 'small' | 'large';
}

/** Facts, to read or to select; each under its label where the window is too small for both in a line. */
export function FactList({ list, size }: FactListProps) {
  const styles = useStyles();
  return (
    <dl className={mergeClasses(styles.facts, styles[size])}>
      {list.map((fact) => (
        <FactRow key={fact.label} fact={fact} size={size} />
      ))}
    </dl>
  );
}

function FactRow({ fact, size }: { fact: Fact; size: FactListProps['size'] }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.label}>{fact.label}</dt>
      <dd className={mergeClasses(styles.value, styles[`${size}Value`])}>
        {Array.from(fact.values.entries(), ([index, value]) => (
          <span key={index} className={styles.line}>
            {value}
          </span>
        ))}
      </dd>
    </>
  );
}
