import { join } from 'node:path';

import { type AppProgram, launchApp, type RunningApp, startApp } from '../../test/desktop/app.ts';
import { startBrowser } from '../../test/desktop/browser.ts';
import { type Desktop, startDesktop } from '../../test/desktop/desktop.ts';
import type { ShownNotification } from '../../test/desktop/notification-daemon.ts';
import type { DesktopSession } from '../../test/desktop/session.ts';
import { signInAs } from '../../test/desktop/sign-in-page.ts';
import { stageBuiltApp } from '../../test/desktop/stage-app.ts';
import { Dovecot, freeDovecotAddress } from '../../test/dovecot/dovecot.ts';
import { composeMail } from '../../test/standin/imap/mail/compose-mail.ts';
import { ada, lin, sam, type StandinPerson } from '../../test/standin/people.ts';
import { startWorld, type World } from '../../test/standin/world.ts';
import type { ElectronRuntime } from '../lib/electron-runtime.mjs';
import { startBareClient } from './bare-client-process.ts';
import { clientAppNames } from './client-names.ts';
import { type ClientName, clientNames } from './report/results.ts';
import { TimingProxy } from './timing-proxy.ts';

/** A client at work: whose mail it watches, what passes to it, what it told. */
export interface MeasuredClient {
  readonly name: ClientName;
  readonly proxy: TimingProxy;
  /** Hands a mail to the server; resolves when it is in the mailbox. */
  deliver(subject: string): Promise<void>;
  /** Every notification so far, oldest first; `at` is the proxy's clock. */
  told(): readonly ShownNotification[];
  /** Those on screen. */
  shown(): readonly ShownNotification[];
}

/** All clients at work on one desktop, each on a mailbox of its own: none has to wait for another's work. */
export interface BenchStage {
  readonly clients: Readonly<Record<ClientName, MeasuredClient>>;
  readonly desktop: Desktop;
  /** Quits Tidings and starts it anew: it has forgotten how often it failed to connect. */
  restartTidings(): Promise<void>;
  /** Leads Tidings to the stand-in, which tells of each mail at once: Dovecot collects for half a second. */
  moveToPromptServer(): Promise<MeasuredClient>;
  dispose(): Promise<void>;
}

const people: Readonly<Record<ClientName, StandinPerson>> = { tidings: ada, imapflow: lin, rawSocket: sam };

const sender = { name: 'Bo', address: 'bo@example.org' };
const mailText = 'A few lines of text, as a mail has them.\n'.repeat(20);

/** @throws when a program that it needs is missing; nothing is left then */
export async function setBenchStage(runtime: ElectronRuntime): Promise<BenchStage> {
  const desktop = await startDesktop();
  const cleanUp: (() => Promise<void> | void)[] = [() => desktop.dispose()];
  const dispose = async (): Promise<void> => {
    for (const clean of cleanUp.splice(0).toReversed()) await clean();
  };
  try {
    const address = freeDovecotAddress();
    const proxies = {
      tidings: await TimingProxy.open(address),
      imapflow: await TimingProxy.open(address),
      rawSocket: await TimingProxy.open(address),
    };
    cleanUp.push(() => {
      for (const name of clientNames) proxies[name].dispose();
    });
    const world = await startWorld({
      folder: join(desktop.session.folder, 'world'),
      profile: { imap: { host: 'localhost', port: proxies.tidings.port } },
    });
    cleanUp.push(() => world.dispose());
    const certificate = await world.ca.issue({ hosts: ['localhost', '127.0.0.1'] });
    const dovecot = await Dovecot.start(address, {
      tls: certificate,
      jwks: world.identity.jwks,
      audience: world.profile.resource,
    });
    cleanUp.push(() => dovecot.dispose());
    for (const name of clientNames) proxies[name].secure({ certificate, ca: world.ca.caPem });

    const installed = await signIn(runtime, desktop, world);
    let app = await startTidings(installed);
    for (const name of ['imapflow', 'rawSocket'] as const) {
      const orders = {
        port: proxies[name].port,
        ca: world.ca.caPem,
        address: people[name].address,
        accessToken: await world.identity.issueToken(people[name]),
        busAddress: desktop.session.busAddress,
      };
      cleanUp.push(startBareClient(bareClients[name], orders, desktop.session));
    }
    for (const name of clientNames) await proxies[name].untilIdling();
    const client = (name: ClientName): MeasuredClient => {
      const isOurs = ({ appName }: ShownNotification): boolean => appName === clientAppNames[name];
      return {
        name,
        proxy: proxies[name],
        deliver: (subject) => deliver(dovecot, people[name], subject),
        told: () => desktop.notifications.all.filter(isOurs),
        shown: () => desktop.notifications.shown().filter(isOurs),
      };
    };
    return {
      clients: { tidings: client('tidings'), imapflow: client('imapflow'), rawSocket: client('rawSocket') },
      desktop,
      async restartTidings() {
        const tray = await desktop.tray.waitForItem();
        await tray.clickMenu('Quit Tidings');
        await app.untilGone();
        app = await startTidings(installed);
        await proxies.tidings.untilIdling();
      },
      async moveToPromptServer() {
        const tidings = client('tidings');
        tidings.proxy.leadTo({ host: '127.0.0.1', port: world.imap.port });
        tidings.proxy.cut();
        await tidings.proxy.untilIdling();
        const mail = (subject: string) => ({ from: sender, subject, text: mailText });
        return {
          ...tidings,
          deliver: async (subject) => void world.imap.deliver(people.tidings.address, mail(subject)),
        };
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

const bareClients = { imapflow: './imapflow-client.ts', rawSocket: './raw-socket-client.ts' } as const;

/** What it takes to start the app. */
interface Installed {
  readonly session: DesktopSession;
  readonly program: AppProgram;
  readonly env: Readonly<Record<string, string>>;
}

/** Signs in as a person does, by the browser, and quits. */
async function signIn(runtime: ElectronRuntime, desktop: Desktop, world: World): Promise<Installed> {
  const { session, links } = desktop;
  const program = { executable: runtime.executable, args: [stageBuiltApp(join(session.folder, 'app'))] };
  const env = { TIDINGS_PROFILE: world.profileFile };
  const browser = await startBrowser(session);
  const app = await launchApp(session, program, { env });
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Add Outlook account' }).click();
  const tab = await browser.open(await links.takeUrl());
  const { at, heading } = await signInAs(tab, people.tidings);
  if (at !== 'app') throw new Error(`The sign-in ended on “${heading}”`);
  await page.getByRole('listitem').filter({ hasText: people.tidings.address }).getByText('Watching').waitFor();
  await browser.close();
  await app.quit();
  return { session, program, env };
}

/** As at login: in the tray, and driven by nobody. */
function startTidings({ session, program, env }: Installed): Promise<RunningApp> {
  return startApp(session, program, { env, args: ['--hidden'] });
}

async function deliver(dovecot: Dovecot, { address }: StandinPerson, subject: string): Promise<void> {
  const mail = composeMail({ from: sender, to: { address }, subject, text: mailText, date: Date.now() });
  await dovecot.deliver(sender.address, address, mail);
}
