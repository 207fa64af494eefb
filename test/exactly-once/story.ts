import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exchangeFaults } from '../standin/imap/faults.ts';
import { startWorld, type World } from '../standin/world.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { seeded } from '../support/seeded.ts';
import { AppRun, dataFolder } from './app-run.ts';
import { MailModel } from './mail-model.ts';
import { NotificationScreen } from './notification-screen.ts';
import { accountId, accountIds, address, owners, pickFrom, writeDataFolder } from './owners.ts';
import type { Happening, KillPoint, Step } from './schedule.ts';
import { ServerWatch } from './server-watch.ts';
import { StandinMail } from './standin-mail.ts';
import { TokenDesk } from './token-desk.ts';
import { judge } from './verdict.ts';
import { passTime, turn, until } from './virtual-time.ts';

const minute = 60_000;

/** Tidings, its servers, its desktop and its people, through a schedule; nothing takes real time but the network. */
export class Story {
  readonly #folder: string;
  readonly #world: World;
  readonly #clock: FakeClock;
  readonly #random: () => number;
  readonly #screen: NotificationScreen;
  readonly #model: MailModel;
  readonly #watch: ServerWatch;
  readonly #mail: StandinMail;
  readonly #tokens: TokenDesk;
  #run: AppRun | null = null;
  #runs = 0;
  #online = true;
  #isServing = true;
  #isShowing = true;
  #isAsleep = false;
  #accept: () => void = () => {};
  kills = 0;

  private constructor(folder: string, world: World, clock: FakeClock, seed: number) {
    this.#folder = folder;
    this.#world = world;
    this.#clock = clock;
    this.#random = seeded(seed + 1);
    this.#screen = new NotificationScreen(clock, this.#random);
    this.#tokens = new TokenDesk(world.identity, () => clock.now());
    this.#model = new MailModel(owners.map((person) => String(world.imap.uidValidity(person.address))));
    this.#watch = new ServerWatch(
      world.imap,
      owners.map((person) => person.address),
      this.#model,
    );
    this.#mail = new StandinMail(world.imap, this.#model);
  }

  static async begin(seed: number): Promise<Story> {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-once-'));
    const clock = new FakeClock();
    const world = await startWorld({ folder: join(folder, 'world'), now: () => clock.now() });
    const story = new Story(folder, world, clock, seed);
    writeDataFolder(dataFolder(folder, 1), world.profile);
    for (const index of owners.keys()) story.#mail.deliver(index, 2);
    await story.#start();
    return story;
  }

  async play({ rest, ...happening }: Step): Promise<void> {
    await this.#happen(happening);
    if (rest === 'until-quiet') await this.#untilQuiet();
    else for (let turns = 0; turns < rest; turns += 1) await turn();
    await this.#mourn();
  }

  /** Makes everything well again, lets time pass and says what isn't as it has to be. */
  async end(): Promise<readonly string[]> {
    await this.#happen({ kind: 'server-start' });
    await this.#happen({ kind: 'service-start' });
    await this.#happen({ kind: 'network-back' });
    await this.#happen({ kind: 'accept', account: 0 });
    await this.#happen({ kind: 'start' });
    if (this.#isAsleep) await this.#happen({ kind: 'wake', ms: minute, announced: true });
    for (let round = 0; round < 4; round += 1) await this.#happen({ kind: 'pass', ms: 11 * minute, patient: true });
    await this.#happen({ kind: 'deliver', accounts: [0, 1, 2], count: 1 });
    await this.#happen({ kind: 'pass', ms: minute, patient: true });
    const run = this.#run;
    const counts = (run?.core.accounts.snapshots() ?? []).flatMap(({ unreadCount, state }, index) => {
      const unseen = this.#world.imap.unseen(address(index));
      return unreadCount === unseen && state.kind === 'watching'
        ? []
        : [`${address(index)}: ${state.kind}, counts ${String(unreadCount)}, the server ${unseen}`];
    });
    const before = this.#screen.tellings.length;
    const evidence = {
      model: this.#model,
      tellings: this.#screen.tellings,
      entries: this.#screen.entries,
      lastRun: this.#runs,
      accountIds: accountIds,
    };
    const defects = [...this.#screen.defects, ...this.#watch.failures.map(String), ...counts, ...judge(evidence)];
    // When all of it is read elsewhere nothing of it stands, and nothing is told again when all is over.
    for (const account of owners.keys()) {
      for (const mail of this.#model.inbox(account)) this.#mail.change('read', mail);
    }
    await this.#happen({ kind: 'pass', ms: minute, patient: true });
    const standing = judge(evidence).filter((defect) => !defects.includes(defect));
    await this.#happen({ kind: 'restart' });
    await this.#happen({ kind: 'pass', ms: minute, patient: true });
    const late = this.#screen.tellings
      .slice(before)
      .map(({ title, body }) => `told by the next run: ${title}: ${body}`);
    return [...defects, ...standing, ...late];
  }

  /** What the app said to its log last. */
  get lines(): readonly string[] {
    return this.#run?.lines ?? [];
  }

  get tellings(): number {
    return this.#screen.tellings.length;
  }

  async dispose(): Promise<void> {
    this.#run?.die();
    await this.#mourn();
    this.#watch.dispose();
    this.#mail.dispose();
    await this.#world.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #happen(happening: Happening): Promise<void> {
    const { imap } = this.#world;
    const accounts = this.#run?.core.accounts;
    switch (happening.kind) {
      case 'deliver':
        for (const account of happening.accounts) this.#mail.deliver(account, happening.count);
        return;
      case 'read':
      case 'unread':
      case 'flag':
      case 'expunge':
      case 'move-away':
      case 'move-in':
        this.#mail.elsewhere(happening);
        return;
      case 'cut': {
        const choice = happening.account === null ? {} : { address: address(happening.account) };
        if (happening.how === 'bye') imap.bye('Server shutting down.', choice);
        else imap.cut(happening.how, choice);
        return;
      }
      case 'server-stop':
        this.#isServing = false;
        imap.stopListening();
        imap.cut('rst');
        return;
      case 'server-start':
        if (!this.#isServing) await imap.listenAgain();
        this.#isServing = true;
        return;
      case 'refuse':
        this.#accept = imap.order(exchangeFaults.unavailable(), { address: address(happening.account) });
        imap.cut('rst', { address: address(happening.account) });
        return;
      case 'accept':
        this.#accept();
        accounts?.checkNow(null);
        return;
      case 'new-uid-validity':
        imap.changeUidValidity(address(happening.account));
        this.#model.renumber(happening.account, String(imap.uidValidity(address(happening.account))));
        return;
      case 'pass':
        await this.#pass(happening.ms, happening.patient);
        return;
      case 'suspend':
        this.#isAsleep = true;
        await accounts?.suspend();
        return;
      case 'wake':
        this.#isAsleep = false;
        this.#clock.setForward(happening.ms);
        accounts?.resume();
        return;
      case 'network-lost':
      case 'network-back':
        this.#online = happening.kind === 'network-back';
        accounts?.networkChanged();
        return;
      case 'check-now':
        this.#run?.core.checkNow(null);
        return;
      case 'click':
      case 'close':
      case 'expire': {
        const entry = pickFrom(this.#screen.shown, happening.pick);
        if (entry !== undefined) this.#screen.use(entry, happening.kind);
        return;
      }
      case 'service-stop':
        this.#isShowing = false;
        this.#screen.stopService(happening.drained);
        return;
      case 'service-start':
        if (!this.#isShowing) this.#screen.startService();
        this.#isShowing = true;
        return;
      case 'restart':
      case 'quit':
        await this.#run?.quit();
        await this.#mourn();
        if (happening.kind === 'restart') await this.#start();
        return;
      case 'start':
        await this.#start();
        return;
      case 'kill':
        await this.#kill(happening.at);
        return;
    }
  }

  async #start(): Promise<void> {
    if (this.#run !== null) return;
    this.#runs += 1;
    this.#isAsleep = false;
    this.#watch.listen();
    this.#run = await AppRun.start({
      number: this.#runs,
      folder: this.#folder,
      profile: this.#world.profile,
      clock: this.#clock,
      random: this.#random,
      screen: this.#screen,
      acquireToken: (account) => this.#tokens.acquire(account.homeAccountId),
      isOnline: () => this.#online,
      onDeath: () => {
        this.#watch.turnDeaf();
      },
    });
  }

  async #kill(at: KillPoint): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    this.kills += 1;
    if (at.kind === 'turns') {
      for (let turns = 0; turns < at.turns; turns += 1) await turn();
      for (let steps = 0; steps < at.microtasks; steps += 1) await Promise.resolve();
    } else {
      run.killAt(at);
      await this.#pass(1_000, true);
    }
    run.die();
    await this.#mourn();
  }

  /** Clears away a run that has died, perhaps unnoticed. */
  async #mourn(): Promise<void> {
    const run = this.#run;
    if (run === null || run.isAlive) return;
    this.#run = null;
    this.#world.imap.cut('rst');
    await run.bury();
    await until(
      () => this.#world.imap.sessions().length === 0,
      () => 'no session of a dead run',
    );
    rmSync(dataFolder(this.#folder, run.number), { recursive: true, force: true });
  }

  async #pass(ms: number, patient: boolean): Promise<void> {
    await passTime(this.#clock, ms, patient, () => this.#untilQuiet());
  }

  /** Resolves when nothing more happens without time: every watcher idles and has heard all, or waits for a timer. */
  async #untilQuiet(): Promise<void> {
    await until(
      () => this.#isQuiet(),
      () =>
        `rest; watchers ${JSON.stringify([...(this.#run?.states ?? [])])}, ${JSON.stringify(this.#world.imap.sessions())}`,
    );
  }

  #isQuiet(): boolean {
    const run = this.#run;
    if (run === null || !run.isAlive) return true;
    if (!this.#screen.isQuiet) return false;
    return owners.every((person, index) => {
      const state = run.states.get(accountId(index));
      if (state === 'idling') return this.#watch.isIdle(person.address);
      return (state === 'waiting' || state === 'asleep' || state === 'stopped') && this.#watch.isGone(person.address);
    });
  }
}
