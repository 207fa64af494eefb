/** What a {@link HostProcess} can be asked. */
export type HostMethods = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/**
 * Answers `[id, method, ...arguments]` from the parent process with `[id, { value }]`, or `[id, { failure }]` for a
 * rejection; ends with the parent.
 */
export function answerParent(methods: HostMethods): void {
  const answer = async (message: unknown): Promise<void> => {
    const [id, method, ...args] = message as [number, string, ...unknown[]];
    try {
      process.send?.([id, { value: (await methods[method]?.(...args)) ?? null }]);
    } catch (error) {
      const info = error instanceof Error && 'info' in error ? error.info : { code: String(error) };
      process.send?.([id, { failure: info }]);
    }
  };
  process.on('message', (message) => void answer(message));
  process.on('disconnect', () => {
    process.exit(0);
  });
}
