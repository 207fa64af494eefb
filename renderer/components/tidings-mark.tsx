const large = new URL('../../assets/icon.svg', import.meta.url).href;
const small = new URL('../../assets/icon-small.svg', import.meta.url).href;

/** The app's icon, `size` CSS px wide and high. Decoration: the app's name is always beside it. */
export function TidingsMark({ size }: { size: number }) {
  return <img src={size > 32 ? large : small} width={size} height={size} alt="" draggable={false} />;
}
