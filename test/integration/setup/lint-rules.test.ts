import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from './checkout.ts';

/** Imports that docs/architecture.md forbids, by the file that would have them. */
const forbidden: Record<string, readonly string[]> = {
  'electron/shared/x.ts': ["import 'zod';", "import '../main/log.ts';", "import '../../renderer/bridge.ts';"],
  'electron/preload/x.ts': ["import 'node:fs';", "import 'electron-log';", "import '../main/log.ts';"],
  'renderer/x.ts': ["import 'electron';", "import 'node:fs';", "import '../electron/main/log.ts';"],
  'renderer/views/x.ts': ["import '../../electron/preload/index.ts';", "import '../../test/standin/world.ts';"],
  'electron/main/imap/x.ts': [
    "import 'electron';",
    "import 'dbus-native';",
    "import '../accounts/account-state.ts';",
    "import '../auth/aadsts.ts';",
  ],
  'electron/main/auth/x.ts': [
    "import 'dbus-native';",
    "import 'electron';",
    "import '../imap/backoff.ts';",
    "import '../app.ts';",
  ],
  'electron/main/accounts/x.ts': [
    "import 'electron';",
    "import 'dbus-native';",
    "import '../state/app-state.ts';",
    "import '../shell/tray.ts';",
    "import '../doctor/mailbox-finding.ts';",
  ],
  'electron/main/doctor/x.ts': [
    "import 'electron';",
    "import 'dbus-native';",
    "import '../state/app-state.ts';",
    "import '../shell/tray.ts';",
  ],
  'electron/main/state/x.ts': ["import 'dbus-native';", "import 'electron';", "import '../ipc/ipc-server.ts';"],
  'electron/main/shell/x.ts': [
    "import { ipcMain } from 'electron';",
    "import '../accounts/account-session.ts';",
    "import 'dbus-native';",
  ],
  'electron/main/shell/dbus/x.ts': [
    "import type {} from 'dbus-native';",
    "import 'dbus-native/lib/message.js';",
    "void import('dbus-native');",
  ],
  'electron/main/shell/dbus/bus-link.ts': ["import { ipcMain } from 'electron';", "import '../../auth/aadsts.ts';"],
  'electron/main/ipc/x.ts': [
    "import { ipcMain } from 'electron';",
    "import '../shell/tray.ts';",
    "import 'dbus-native';",
  ],
  'electron/main/ipc/ipc-server.ts': ["import 'dbus-native';"],
  'electron/main/x.ts': [
    "import './shell/tray.ts';",
    "import { ipcRenderer } from 'electron';",
    "import 'dbus-native';",
  ],
  'electron/main/core.ts': ["import 'dbus-native';"],
};

const allowed: Record<string, readonly string[]> = {
  'electron/preload/y.ts': ["import 'electron';", "import '../shared/app-error.ts';"],
  'renderer/views/y.ts': ["import 'react';", "import '../../electron/shared/app-error.ts';", "import '../words.ts';"],
  'electron/main/auth/y.ts': [
    "import '../storage/paths.ts';",
    "import '../log.ts';",
    "import '../../shared/app-error.ts';",
  ],
  'electron/main/accounts/y.ts': ["import '../auth/aadsts.ts';", "import '../imap/backoff.ts';"],
  'electron/main/doctor/y.ts': ["import '../auth/aadsts.ts';", "import '../imap/backoff.ts';"],
  'electron/main/shell/y.ts': ["import { Tray } from 'electron';", "import '../state/app-state.ts';"],
  'electron/main/shell/dbus/bus-link.ts': ["void import('dbus-native');", "import type {} from 'dbus-native';"],
  'electron/main/ipc/ipc-server.ts': ["import { ipcMain } from 'electron';"],
  'electron/main/app.ts': ["import './shell/tray.ts';", "import './imap/backoff.ts';"],
};

interface Report {
  readonly diagnostics: readonly { code: string; filename: string; labels: readonly { span: { line: number } }[] }[];
}

let folder: string;
let refused: Set<string>;

/** What is written to each file: first what it may not import, then what it may. */
const contentOf = (file: string): readonly string[] => [...(forbidden[file] ?? []), ...(allowed[file] ?? [])];

const lines = (files: Record<string, readonly string[]>): [file: string, line: number, text: string][] =>
  Object.entries(files).flatMap(([file, imports]) =>
    imports.map((text): [string, number, string] => [file, contentOf(file).indexOf(text) + 1, text]),
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-lint-'));
  for (const file of Object.keys({ ...forbidden, ...allowed })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${contentOf(file).join('\n')}\n`);
  }
  cpSync(join(projectRoot, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  const oxlint = join(projectRoot, 'node_modules', 'oxlint', 'bin', 'oxlint');
  // It ends with 1, because it finds what it should; the report is on standard output all the same.
  const stdout = await promisify(execFile)(process.execPath, [oxlint, '--format=json'], { cwd: folder }).then(
    (result) => result.stdout,
    (error: { stdout: string }) => error.stdout,
  );
  const { diagnostics } = JSON.parse(stdout) as Report;
  const ours = diagnostics.filter(({ code }) => code.includes('no-restricted-imports'));
  refused = new Set(ours.map(({ filename, labels }) => `${filename}:${labels[0]?.span.line}`));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('who may import whom', () => {
  it.each(lines(forbidden))('%s line %i may not: %s', (file, line) => {
    expect(refused).toContain(`${file}:${line}`);
  });

  it.each(lines(allowed))('%s line %i may: %s', (file, line) => {
    expect(refused).not.toContain(`${file}:${line}`);
  });
});
