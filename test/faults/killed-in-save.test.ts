import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect } from 'vitest';

import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import { type DesktopSession, startDesktopSession } from '../desktop/session.ts';
import { setStage } from '../e2e/stage.ts';
import { HostProcess } from '../integration/host-process.ts';
import { seeded } from '../support/seeded.ts';
import { sized } from '../support/size.ts';
import { faultTest } from './fault-test.ts';

interface Found {
  readonly settings: number;
  readonly mailboxes: number;
  readonly tokens: number | string;
  readonly notices: readonly string[];
}

/** What one life of the saving process said before it was killed. */
interface Life {
  readonly found: Found;
  /** The last number that it said was saved; 0 for none. */
  readonly saved: number;
  readonly notices: readonly string[];
}

/** When a life ends: so many ms after so many of its saves, wherever it then is. */
interface Moment {
  readonly saves: number;
  readonly ms: number;
}

/** Starts the saving process and kills it at the moment. */
async function live(args: readonly string[], moment: Moment, env: Readonly<Record<string, string>>): Promise<Life> {
  const child: ChildProcess = fork(fileURLToPath(new URL('save-host.ts', import.meta.url)), [...args], {
    execArgv: [...typeScriptFlags()],
    env,
    cwd: '/',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'close');
  let found: Found | null = null;
  let saved = 0;
  let savesLeft = moment.saves;
  const notices: string[] = [];
  child.on('message', ([what, value]: [string, unknown]) => {
    if (what === 'notice') notices.push(String(value));
    if (what === 'loaded') found = value as Found;
    if (what === 'saved') saved = Number(value);
    if (what !== 'loaded' && what !== 'saved') return;
    if (savesLeft === 0) setTimeout(() => child.kill('SIGKILL'), moment.ms);
    savesLeft -= 1;
  });
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  const known = ((): Found | null => found)();
  // It never ends by itself: neither by a crash nor because something couldn't be loaded.
  if (known === null || signal !== 'SIGKILL')
    throw new Error(`It ended by itself, after it found ${JSON.stringify(known)}`);
  return { found: known, saved, notices };
}

/** Lives one after another in one folder; each finds at least what the one before it said was saved. */
async function liveOften(times: number, place: 'files' | 'keyring', env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-killed-'));
  const random = seeded(times);
  let last = 0;
  let inTheMiddle = 0;
  try {
    for (let life = 0; life < times; life += 1) {
      // The first life saves something in any case: what is found later can be too little then.
      const saves = Math.floor(random() * 3) + (life === 0 ? 1 : 0);
      const { found, saved, notices } = await live([folder, place], { saves, ms: random() * 25 }, env);
      expect([...found.notices, ...notices]).toEqual([]);
      for (const number of [found.settings, found.mailboxes, found.tokens]) {
        expect(number, `life ${life}`).toBeTypeOf('number');
        expect(number, `life ${life}`).toBeGreaterThanOrEqual(last);
      }
      if (new Set([found.settings, found.mailboxes, found.tokens]).size > 1) inTheMiddle += 1;
      if (saved > 0) last = saved;
    }
    const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    // What was being written at the last kill at the most, under the one name that the next save takes.
    expect(left.filter((name) => name.includes('damaged'))).toEqual([]);
    expect(left.filter((name) => name.endsWith('.tmp')).length).toBeLessThanOrEqual(4);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { inTheMiddle, last };
}

/** An account's item, as tokenItemName has it. */
const item = 'login.example.com_6d9c2f64';

function cacheOf(word: string): string {
  return JSON.stringify({ Account: { [word]: {} }, IdToken: {}, AccessToken: {}, RefreshToken: {}, AppMetadata: {} });
}

describe('a process that is killed while it saves', () => {
  let session: DesktopSession;

  beforeAll(async () => {
    session = await startDesktopSession();
  });

  afterAll(async () => {
    await session.dispose();
  });

  const env = { PATH: process.env['PATH'] ?? '' };

  faultTest(
    47,
    async () => {
      // Side by side, each in a folder of its own.
      const times = sized(23, 480);
      const both = await Promise.all([liveOften(times, 'files', env), liveOften(times, 'files', env)]);
      // Else it was never killed where it matters.
      expect(both[0].inTheMiddle + both[1].inTheMiddle).toBeGreaterThan(0);
      for (const { last } of both) expect(last).toBeGreaterThan(times / 2);
    },
    { variant: 'settings, mailboxes and tokens in files' },
  );

  faultTest(
    47,
    async () => {
      const times = sized(4, 40);
      const { last } = await liveOften(times, 'keyring', session.env);
      expect(last).toBeGreaterThan(times / 2);
    },
    { variant: 'tokens in a real keyring' },
  );
});

describe('what a killed app leaves behind', () => {
  // What the lock costs, and not how fast this machine starts a program.
  faultTest(
    48,
    async () => {
      const stage = await setStage();
      try {
        const { tray } = stage.desktop;
        const startAndKill = async (): Promise<number> => {
          const begun = performance.now();
          const app = await stage.start({ args: ['--hidden'] });
          await tray.waitForItem();
          const tookMs = performance.now() - begun;
          await app.kill();
          return tookMs;
        };
        const lock = join(stage.dataFolder, 'SingletonLock');
        await startAndKill();
        rmSync(lock);
        const withoutMs = await startAndKill();
        // Chromium's own lock stays behind a kill.
        expect(readdirSync(stage.dataFolder)).toContain('SingletonLock');
        const killedMs = await startAndKill();
        // One of another computer, as on a home folder that is shared or was restored.
        rmSync(lock);
        symlinkSync(`another-computer-${process.pid}`, lock);
        return Math.max(0, Math.max(killedMs, await startAndKill()) - withoutMs);
      } finally {
        await stage.dispose();
      }
    },
    { variant: 'of the only instance' },
  );

  // MSAL's own plug-in would wait for each of these, 500 times 100 ms (msal-node-extensions 5.6.0, read).
  faultTest(
    48,
    async () => {
      const session = await startDesktopSession();
      const folder = mkdtempSync(join(tmpdir(), 'tidings-locked-'));
      const hosts: HostProcess[] = [];
      const start = (): HostProcess => {
        const host = new HostProcess('vault-host.ts', { args: [folder], env: session.env });
        hosts.push(host);
        return host;
      };
      try {
        const first = start();
        await first.call('write', item, 'common/ada', cacheOf('first'));
        await first.kill();
        const times: number[] = [];
        for (const owner of [process.pid, 2 ** 22 + 1, 'nobody']) {
          for (const name of [`${item}.tokens.lockfile`, `${item}.damaged.tokens.lockfile`]) {
            writeFileSync(join(folder, name), String(owner));
          }
          const host = start();
          await host.call('state');
          const begun = performance.now();
          expect(await host.call('read', item, 'common/ada')).toMatchObject({ kind: 'present' });
          await host.call('write', item, 'common/ada', cacheOf(String(owner)));
          times.push(performance.now() - begun);
          expect(await host.call('notices')).toEqual([]);
          await host.kill();
          expect((await session.keyring.secrets()).join('')).toContain(`"${owner}"`);
        }
        return Math.max(...times);
      } finally {
        await Promise.all(hosts.map((host) => host.kill()));
        rmSync(folder, { recursive: true, force: true });
        await session.dispose();
      }
    },
    { variant: 'of the tokens' },
  );
});
