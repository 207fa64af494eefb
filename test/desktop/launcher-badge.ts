import type { BusClient } from './bus-client.ts';
import { Conditions, waitLimitMs } from './conditions.ts';

const launcherInterface = 'com.canonical.Unity.LauncherEntry';

/** What a dock shows on an app's icon (Unity's LauncherEntry, understood by KDE, Ubuntu's dock and others). */
export interface LauncherBadge {
  /** `application://<desktop file>`. */
  readonly application: string;
  readonly count: number;
  readonly countVisible: boolean;
  /** `performance.now()` of this process when it was told, ms. */
  readonly at: number;
}

/** Records the launcher badges that apps announce. */
export interface LauncherBadgeRecorder {
  readonly all: readonly LauncherBadge[];
  latest(): LauncherBadge | undefined;
  /** Resolves when the predicate takes the newest one. */
  waitFor(predicate: (badge: LauncherBadge) => boolean, timeoutMs?: number): Promise<LauncherBadge>;
}

/** Listens on the session's bus until that is closed. An update may name only what changed: the rest stays. */
export async function recordLauncherBadge(bus: BusClient): Promise<LauncherBadgeRecorder> {
  const all: LauncherBadge[] = [];
  const conditions = new Conditions();
  await bus.onSignal({ interface: launcherInterface, member: 'Update' }, ({ body }) => {
    const [application, properties] = body;
    if (typeof application !== 'string' || typeof properties !== 'object' || properties === null) return;
    const before = all.findLast((badge) => badge.application === application);
    const told = new Map(Object.entries(properties));
    all.push({
      application,
      count: Number(told.get('count') ?? before?.count ?? 0),
      countVisible: Boolean(told.get('count-visible') ?? before?.countVisible ?? false),
      at: performance.now(),
    });
    conditions.changed();
  });
  return {
    all,
    latest: () => all.at(-1),
    waitFor: (predicate, timeoutMs = waitLimitMs) =>
      conditions.until(
        () => all.slice(-1).find(predicate),
        () => `a launcher badge; the last one told: ${JSON.stringify(all.at(-1) ?? null)}`,
        timeoutMs,
      ),
  };
}
