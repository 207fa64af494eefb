import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { callOfBus } from './bus-message.ts';
import { secretNames, type SecretService } from './secret-service.ts';
import type { SessionBus } from './session-bus.ts';

/** `absent`: nobody provides the Secret Service. `unknown`: it can't be asked, or has no default collection yet. */
export type SecretCondition = 'ready' | 'locked' | 'absent' | 'unknown';

/** A service that ends is usually started again at once, after a crash or an upgrade (ms). */
export const restartGraceMs = 3_000;

export interface SecretWatchOptions {
  readonly bus: Pick<SessionBus, 'call' | 'onSignal' | 'watchOwner'>;
  readonly service: SecretService;
  readonly onChange: (condition: SecretCondition) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Follows the Secret Service by its signals (Secret Service API 0.2, D-Bus NameOwnerChanged); no secret is read. */
export interface SecretWatch {
  /** Asks now; starts nothing. Never rejects. */
  look(): Promise<SecretCondition>;
  /** Whether a service that was there has gone since. */
  wasReplaced(): boolean;
  dispose(): void;
}

/** Every signal that can mean another condition; gnome-keyring, KWallet and KeePassXC send at least one of them. */
const tellingSignals = [
  { interface: 'org.freedesktop.DBus.Properties', member: 'PropertiesChanged', arg0: secretNames.collection },
  ...['CollectionCreated', 'CollectionChanged', 'CollectionDeleted'].map((member) => ({
    interface: secretNames.service,
    member,
  })),
];

export function watchSecretService({ bus, service, onChange, clock, log }: SecretWatchOptions): SecretWatch {
  /** Undefined as long as it isn't known whether there is one. */
  let owner: string | null | undefined;
  let wasReplaced = false;
  let told = '';
  let isAsking = false;
  let isStale = false;
  let isDisposed = false;
  let stopGrace = (): void => {};

  async function look(): Promise<SecretCondition> {
    if (owner === null) return 'absent';
    // Unasked, a call would have the bus start a service that isn't wanted yet.
    if (owner === undefined) return 'unknown';
    try {
      const collection = await service.defaultCollection();
      if (collection === null) return 'unknown';
      return collection.isLocked ? 'locked' : 'ready';
    } catch (error) {
      log.info('keyring: can’t be asked', { reason: error instanceof Error ? error.message : String(error) });
      return ((): string | null | undefined => owner)() === null ? 'absent' : 'unknown';
    }
  }

  function tell(condition: SecretCondition): void {
    const news = `${owner ?? ''} ${condition}`;
    if (isDisposed || news === told) return;
    told = news;
    log.info('keyring', { condition });
    onChange(condition);
  }

  /** Asks once more where something changed while the answer was on its way. */
  async function askUntilFresh(): Promise<void> {
    do {
      isStale = false;
      const condition = await look();
      if (!isStale) tell(condition);
    } while (isStale);
    isAsking = false;
  }

  function ask(): void {
    isStale = true;
    if (isAsking || owner === null || owner === undefined) return;
    isAsking = true;
    void askUntilFresh();
  }

  /** As any call to it would: many systems start theirs when it is first wanted. Raises no dialog. */
  async function startAgain(): Promise<void> {
    try {
      const call = callOfBus('StartServiceByName', secretNames.destination);
      await bus.call({ ...call, signature: 'su', body: [secretNames.destination, 0] });
    } catch (error) {
      log.info('keyring: doesn’t come back', { reason: error instanceof Error ? error.message : String(error) });
      if (owner === null) tell('absent');
    }
  }

  function follow(next: string | null): void {
    stopGrace();
    const hadOne = owner !== null && owner !== undefined;
    wasReplaced ||= hadOne && owner !== next;
    owner = next;
    if (next !== null) ask();
    else if (hadOne) stopGrace = clock.setTimer(restartGraceMs, () => void startAgain());
    else tell('absent');
  }

  const stops = [
    bus.watchOwner(secretNames.destination, follow),
    ...tellingSignals.map((filter) => bus.onSignal({ sender: secretNames.destination, ...filter }, ask)),
  ];
  return {
    look,
    wasReplaced: () => wasReplaced,
    dispose() {
      isDisposed = true;
      stopGrace();
      for (const stop of stops) stop();
    },
  };
}
