import { useCallback, useRef, type RefCallback, type RefObject } from 'react';

/** Where the keyboard focus goes when what has it goes: an element that can take it and stays longer. */
export type FocusHeir = RefObject<HTMLElement | null>;

/**
 * For an element that may go while the keyboard focus is in it, because what it offered was done or is no longer
 * needed: the focus then moves to `heir`, in place of the page's beginning. Elsewhere the focus is left alone.
 */
export function useFocusHeir(heir: FocusHeir | undefined): RefCallback<HTMLElement> {
  const held = useRef<HTMLElement>(null);
  return useCallback(
    // Told of the end by null, not by a clean-up: Fluent's merged refs call none.
    (element) => {
      if (element === null && held.current?.contains(document.activeElement) === true) {
        heir?.current?.focus({ preventScroll: true });
      }
      held.current = element;
    },
    [heir],
  );
}
