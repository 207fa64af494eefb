import { makeStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** Text that is only spoken, when it changes. */
export function LiveRegion({ text }: { text: string }) {
  return (
    <div role="status" aria-live="polite" className={useStyles().hidden}>
      {text}
    </div>
  );
}
