import type { Session } from 'electron';

/**
 * Asks the system's proxy settings by Chromium's resolver. A session of its own for it: the pages' sessions have no
 * proxy (no-network.ts). Chromium still resolves no name and connects to nobody, so that a script of the network's own
 * (PAC) can't be fetched; where the system has one, the answer is what Chromium falls back to (measured on 33:
 * DIRECT, or what the environment says).
 */
export function createSystemProxy(
  open: () => Pick<Session, 'setProxy' | 'resolveProxy'>,
): (url: string) => Promise<string> {
  let ready: Promise<Pick<Session, 'resolveProxy'>> | null = null;
  return async (url) => {
    const asked = (ready ??= prepare(open()));
    try {
      return await (await asked).resolveProxy(url);
    } catch (error) {
      // What failed once may work the next time.
      if (ready === asked) ready = null;
      throw error;
    }
  };
}

async function prepare(session: Pick<Session, 'setProxy' | 'resolveProxy'>): Promise<Pick<Session, 'resolveProxy'>> {
  await session.setProxy({ mode: 'system' });
  return session;
}
