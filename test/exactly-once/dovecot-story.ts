import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import { Conditions } from '../desktop/conditions.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { type MailWorld, startMailWorld } from '../support/mail-world.ts';
import { AppChild } from './app-child.ts';
import { DovecotMail } from './dovecot-mail.ts';
import { DovecotOutages } from './dovecot-outages.ts';
import { type JournalReading, readJournals, type RunRecord } from './journal.ts';
import { MailModel, mailKey } from './mail-model.ts';
import { accountId, accountIds, address, ownerOf, owners, pickFrom, writeDataFolder } from './owners.ts';
import type { Happening, Step } from './schedule.ts';
import { judge } from './verdict.ts';

/** How long a broken test waits, ms. */
const patienceMs = 120_000;
/** Of a schedule made for a virtual clock: the most that is waited for real, ms. */
const longestPassMs = 120;
/** Every so many of the rests are waited for: Dovecot takes half a second to tell what has changed. */
const restsWaitedFor = 8;
/** The longest that anything told waits for the last of it: the digest. ms. */
const digestMs = 2_500;

/** The same stories for real: Tidings in a process that is killed by SIGKILL, Dovecot, a session bus, real time. */
export class DovecotStory {
  readonly #folder: string;
  readonly #world: MailWorld;
  readonly #desktop: Desktop;
  readonly #model = new MailModel(owners.map(() => 'not known yet'));
  readonly #mail: DovecotMail;
  readonly #outages: DovecotOutages;
  readonly #conditions = new Conditions();
  readonly #killed = new Set<number>();
  #accounts: readonly AccountSnapshot[] = [];
  readonly #seenAnew: string[] = [];
  #child: AppChild | null = null;
  /** The next one, its modules loaded. */
  #spare: AppChild;
  #runs = 0;
  #isAsleep = false;
  #rests = 0;

  private constructor(folder: string, world: MailWorld, desktop: Desktop) {
    this.#folder = folder;
    this.#world = world;
    this.#desktop = desktop;
    this.#mail = new DovecotMail(world, this.#model);
    this.#outages = new DovecotOutages(world.server, this.#mail);
    this.#spare = this.#fork();
  }

  static async begin(): Promise<DovecotStory> {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-killed-'));
    const desktop = await startDesktop({ keyring: 'absent' });
    const world = await startMailWorld('Dovecot', { folder: join(folder, 'world') });
    const story = new DovecotStory(folder, world, desktop);
    writeDataFolder(story.#data, world.profile);
    for (const account of owners.keys()) {
      await story.#mail.deliver(account, 2);
      await story.#mail.learnUidValidity(account);
    }
    story.#start();
    await story.#untilCounted();
    for (const account of owners.keys()) story.#model.seen(account, story.#mail.uidNext(account));
    return story;
  }

  get kills(): number {
    return this.#killed.size;
  }

  get serverKills(): number {
    return this.#outages.kills;
  }

  async play({ rest, ...happening }: Step): Promise<void> {
    await this.#happen(happening);
    if (rest !== 'until-quiet') {
      await delay(rest);
      return;
    }
    this.#rests += 1;
    if (this.#rests % restsWaitedFor === 0 && this.#canWatch) await this.#untilCounted();
  }

  /** Makes everything well again, and leaves the rest to the app; says what isn't as it has to be. */
  async end(): Promise<readonly string[]> {
    await this.#outages.start();
    this.#start();
    if (this.#isAsleep) await this.#happen({ kind: 'wake', ms: 0, announced: true });
    await this.#counted();
    // The limit isn't the verdict: what is still missing after it is named below.
    for (let waitedMs = 0; waitedMs < 10_000 && !this.#isAllTold(); waitedMs += 50) await delay(50);
    // Nor may anything come late.
    await delay(digestMs);
    const { tellings, entries, defects } = this.#reading();
    const countOf = (account: number): number | null => this.#snapshot(account)?.unreadCount ?? null;
    const verdict = judge({ model: this.#model, tellings, entries, lastRun: this.#runs, accountIds });
    return [...defects, ...(await this.#mail.compare(countOf)), ...verdict];
  }

  async dispose(): Promise<void> {
    await this.#child?.kill();
    await this.#spare.kill();
    await this.#world.dispose();
    await this.#desktop.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** Whether the app could watch all accounts if it had the time. */
  get #canWatch(): boolean {
    return this.#child !== null && this.#outages.isServing && !this.#isAsleep;
  }

  async #happen(happening: Happening): Promise<void> {
    switch (happening.kind) {
      case 'deliver':
        await this.#outages.deliver(happening);
        return;
      case 'read':
      case 'unread':
      case 'flag':
      case 'expunge':
      case 'move-away':
      case 'move-in':
        if (this.#outages.isServing) await this.#mail.elsewhere(happening);
        return;
      case 'cut':
        await this.#outages.cut(happening.how);
        this.#child?.tell('check-now');
        return;
      case 'server-stop':
        await this.#outages.stop();
        return;
      case 'server-start':
        await this.#outages.start();
        this.#child?.tell('check-now');
        return;
      case 'new-uid-validity':
        if (this.#canWatch) await this.#changeUidValidity(happening.account);
        return;
      case 'pass':
        await delay(Math.min(happening.ms, longestPassMs));
        return;
      case 'suspend':
      case 'wake':
        this.#isAsleep = happening.kind === 'suspend';
        this.#child?.tell(this.#isAsleep ? 'suspend' : 'resume');
        return;
      case 'network-lost':
      case 'network-back':
        this.#child?.tell('network');
        return;
      case 'check-now':
        this.#child?.tell('check-now');
        return;
      case 'click':
      case 'close':
      case 'expire':
        this.#use(happening.kind, happening.pick);
        return;
      case 'restart':
      case 'quit':
        await this.#child?.quit();
        this.#child = null;
        if (happening.kind === 'restart') this.#start();
        return;
      case 'start':
        this.#start();
        return;
      case 'kill':
        await delay(happening.at.kind === 'turns' ? happening.at.turns : happening.at.nth * 3);
        if (this.#child === null) return;
        this.#killed.add(this.#runs);
        await this.#child.kill();
        this.#child = null;
        return;
      case 'refuse':
      case 'accept':
      case 'service-stop':
      case 'service-start':
        // The stand-ins' stories have these: there it is known what became of each call.
        return;
    }
  }

  #fork(): AppChild {
    return new AppChild({
      modules: join(this.#folder, 'modules'),
      token: async (homeAccountId) => {
        const token = await this.#world.identity.issueToken(ownerOf(homeAccountId));
        return { token, expiresAt: Date.now() + 3_600_000 };
      },
      onAccounts: (accounts) => {
        this.#accounts = accounts;
        this.#conditions.changed();
      },
      onSeenAnew: (id) => {
        this.#seenAnew.push(id);
        this.#conditions.changed();
      },
    });
  }

  #start(): void {
    if (this.#child !== null) return;
    this.#runs += 1;
    this.#isAsleep = false;
    this.#accounts = [];
    this.#child = this.#spare;
    this.#spare = this.#fork();
    this.#child.start({
      run: this.#runs,
      folder: this.#data,
      journal: this.#journal(this.#runs),
      busAddress: this.#desktop.session.busAddress,
      profile: this.#world.profile,
    });
  }

  #use(how: 'click' | 'close' | 'expire', pick: number): void {
    const { notifications } = this.#desktop;
    const one = pickFrom(notifications.shown(), pick);
    if (one === undefined) return;
    if (how === 'click') notifications.click(one.id);
    else if (how === 'close') notifications.dismiss(one.id);
    else notifications.expire(one.id);
  }

  #snapshot(account: number): AccountSnapshot | undefined {
    return this.#accounts.find(({ id }) => id === accountId(account));
  }

  async #untilCounted(): Promise<void> {
    await this.#whileAsking(() => this.#counted());
  }

  /** Resolves when the app watches all and its counts are the model's. */
  async #counted(): Promise<void> {
    const unread = (account: number): number => this.#model.inbox(account).filter(({ isRead }) => !isRead).length;
    const isCounted = (_: unknown, account: number): boolean => {
      const { state, unreadCount } = this.#snapshot(account) ?? {};
      return state?.kind === 'watching' && unreadCount === unread(account);
    };
    const what = (): string =>
      `counts ${owners.map((_, account) => unread(account)).join(', ')}; there are ${JSON.stringify(this.#accounts)}`;
    await this.#conditions.until(() => owners.every(isCounted) || undefined, what, patienceMs);
  }

  async #changeUidValidity(account: number): Promise<void> {
    await this.#untilCounted();
    const { length } = this.#seenAnew;
    await this.#world.server.changeUidValidity(address(account));
    const isSeen = (): true | undefined => this.#seenAnew.slice(length).includes(accountId(account)) || undefined;
    await this.#whileAsking(() => this.#conditions.until(isSeen, () => `a new look at account ${account}`, patienceMs));
    await this.#mail.learnUidValidity(account);
    this.#model.seen(account, this.#mail.uidNext(account));
  }

  /** A wait that a row of cuts has made long ends when somebody asks. */
  async #whileAsking(wait: () => Promise<unknown>): Promise<void> {
    const asking = setInterval(() => this.#child?.tell('check-now'), 1_000);
    try {
      await wait();
    } finally {
      clearInterval(asking);
    }
  }

  #isAllTold(): boolean {
    const told = new Set(
      this.#reading().tellings.flatMap(({ refs }) =>
        refs.map((ref) => mailKey(accountIds.indexOf(ref.accountId), ref.uidValidity, ref.uid)),
      ),
    );
    return [...this.#model.mails].every(([key, { fate }]) => fate !== 'new' || told.has(key));
  }

  #reading(): JournalReading {
    const runs = Array.from({ length: this.#runs }, (_, index): RunRecord => {
      const run = index + 1;
      return { run, journal: this.#journal(run), wasKilled: this.#killed.has(run) };
    });
    return readJournals(runs, this.#desktop.notifications.all);
  }

  #journal(run: number): string {
    return join(this.#folder, `journal-${run}`);
  }
}
