import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { OrdinaryUser } from './ordinary-user.ts';
import { makePrivateFolder, writePrivateFile } from './ordinary-user.ts';
import { startService } from './service-process.ts';
import { xwdToPng } from './xwd.ts';

/** A private X display without hardware. */
export interface Display {
  /** For `DISPLAY`. */
  readonly name: string;
  /** For `XAUTHORITY`: only who can read this file may draw or listen. */
  readonly authorityFile: string;
  readonly width: number;
  readonly height: number;
  /** The whole screen as it is now, as a PNG. */
  screenshot(): Buffer;
}

export interface DisplayOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: OrdinaryUser;
  readonly width: number;
  readonly height: number;
  readonly onStarted: (processGroup: number) => void;
}

/** One entry for every display, as Xau(3) lays it out: all numbers 16 bits, big-endian. */
function authorityEntry(cookie: Buffer): Buffer {
  const anyAddress = Buffer.from([0xff, 0xff]);
  const counted = (value: Buffer): Buffer => Buffer.concat([Buffer.from([value.length >> 8, value.length]), value]);
  const empty = Buffer.alloc(0);
  return Buffer.concat([
    anyAddress,
    counted(empty),
    counted(empty),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie),
  ]);
}

/**
 * Starts Xvfb on a display that it picks itself. It ends with the session.
 * @throws when Xvfb isn't installed or gives up
 */
export async function startDisplay(options: DisplayOptions): Promise<Display> {
  const folder = makePrivateFolder(join(options.folder, 'display'), options.user);
  const authorityFile = writePrivateFile(join(folder, 'authority'), authorityEntry(randomBytes(16)), options.user);
  const service = await startService({
    command: 'Xvfb',
    args: [
      ...['-displayfd', '3', '-screen', '0', `${options.width}x${options.height}x24`],
      ...['-fbdir', folder, '-auth', authorityFile, '-nolisten', 'tcp', '-noreset'],
    ],
    env: options.env,
    user: options.user,
    readyOn: 'descriptor-3',
    onStarted: options.onStarted,
  });
  const number = await service.ready;
  return {
    name: `:${number}`,
    authorityFile,
    width: options.width,
    height: options.height,
    screenshot: () => xwdToPng(readFileSync(join(folder, 'Xvfb_screen0'))),
  };
}
