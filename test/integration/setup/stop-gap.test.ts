import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, Ended } from './checkout.ts';
import { makeCheckout } from './checkout.ts';
import type { StopGapPackage } from './stop-gap-package.ts';
import { ensureElectron, keptStopGap, makeStopGapPackage } from './stop-gap-package.ts';

let checkout: Checkout;
/** Refuses: Electron's own downloads are out of reach. */
let mirror: Server;
let offer: StopGapPackage;
beforeEach(async () => {
  checkout = makeCheckout();
  offer = makeStopGapPackage(checkout);
  mirror = createServer((_, response) => response.writeHead(403).end()).listen(0, '127.0.0.1');
  await once(mirror, 'listening');
});
afterEach(async () => {
  mirror.close();
  await once(mirror, 'close');
  checkout.dispose();
});

const ensure = (offered: StopGapPackage): Promise<Ended> => {
  const address = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`;
  return ensureElectron(checkout, { ELECTRON_MIRROR: address }, offered).ended;
};
const kept = (): string[] => readdirSync(join(checkout.cache, 'electron')).filter((name) => !name.endsWith('.json'));
const warnings = ({ output }: Ended): string[] => output.split('\n').filter((line) => line.includes('STOP-GAP'));
const warning =
  'set-up: Electron: USING THE UNOFFICIAL STOP-GAP 33.4.11, pinned by two hashes, for tests and running from source ' +
  "only (the official 45.0.0 can't be fetched: 127.0.0.1 answered 403)";

describe('the use of the stop-gap', () => {
  it('is announced in one line each time, with the reason', async () => {
    checkout.write(`cache/electron/${keptStopGap}/electron`, '');
    for (const time of ['asked', 'remembered']) {
      const ended = await ensure(offer);
      expect(warnings(ended), time).toEqual([warning]);
      expect(ended.code).toBe(0);
    }
  });

  it('is announced when it was just fetched, too', async () => {
    expect(warnings(await ensure(offer))).toEqual([warning]);
    expect(kept()).toEqual([keptStopGap]);
  });
});

describe('a stop-gap that is not the pinned one', () => {
  const refused = /the stop-gap Electron's (.*) isn't the pinned one \((sha\d+) .*\)\. Nothing was installed\./;

  it.each<[string, (pin: StopGapPackage['pin']) => StopGapPackage['pin'], [string, string]]>([
    ['package', (pin) => ({ ...pin, integrity: `sha512-${'A'.repeat(86)}==` }), ['download', 'sha512']],
    [
      'main program in the right package',
      (pin) => ({ ...pin, programSha256: '0'.repeat(64) }),
      ['main program', 'sha256'],
    ],
  ])('is refused by the hash of the %s, and nothing of it is left', async (_, change, [what, algorithm]) => {
    const { code, output } = await ensure({ ...offer, pin: change(offer.pin) });
    expect(refused.exec(output)?.slice(1)).toEqual([what, algorithm]);
    expect(output).not.toContain('USING THE UNOFFICIAL');
    expect(code).not.toBe(0);
    expect(kept()).toEqual([]);
    expect(warnings(await ensure(offer))).toEqual([warning]);
  });
});
