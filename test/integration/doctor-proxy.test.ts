import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';
import { createDial } from '../../electron/main/network/dial.ts';
import { createProxySignIns } from '../../electron/main/network/proxy-sign-ins.ts';
import { loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import { createWords } from '../../electron/main/i18n.ts';
import { factsWords } from '../../electron/shared/doctor-words.ts';
import { DoctorBench, findingOf } from '../support/doctor-bench.ts';
import { startRefusingProxy, startTinyproxy } from '../support/proxies.ts';

/** The doctor goes the way that the watching goes: by the proxy. */
describe('the doctor behind a proxy', () => {
  let bench: DoctorBench;

  beforeEach(async () => {
    bench = await DoctorBench.start();
  });

  afterEach(async () => {
    await bench.dispose();
  });

  const by = ({ host, port }: { host: string; port: number }) => ({
    dial: createDial(
      () => Promise.resolve([{ kind: 'proxy', server: { kind: 'http', host, port }, credentials: null }]),
      () => loadTrustedCa(bench.world.profile.extraCaFile),
      createProxySignIns(systemClock),
    ),
    proxyFor: () => Promise.resolve('proxy.contoso.example'),
  });

  it('goes the whole way by it, and calls the address the proxy’s', async () => {
    const proxy = await startTinyproxy({ ports: [bench.world.profile.imap.port] });
    try {
      const run = await bench.examine(by(proxy));
      expect(run.state).toBe('fine');
      const facts = { step: 'tcp', address: proxy.host, port: proxy.port, proxy: 'proxy.contoso.example' } as const;
      expect(run.steps).toMatchObject([
        { facts: { addresses: [], proxy: 'proxy.contoso.example' } },
        { facts },
        {},
        {},
        {},
        {},
        {},
        {},
      ]);
      expect(factsWords(facts, { translate: createWords('en').translate, language: 'en' })).toEqual([
        `by the proxy proxy.contoso.example: ${proxy.host}, port ${proxy.port}`,
      ]);
    } finally {
      await proxy.dispose();
    }
  });

  it('tells at the connection what a proxy says that refuses', async () => {
    const proxy = await startRefusingProxy('HTTP/1.1 403 Forbidden');
    try {
      expect(findingOf(await bench.examine(by(proxy)))).toMatchObject({
        step: 'tcp',
        cause: { kind: 'known-error', error: { code: 'proxy-refused' } },
      });
    } finally {
      await proxy.dispose();
    }
  });
});
