import { describe, expect, it } from 'vitest';

import type { Route } from '../../../electron/main/network/dial.ts';
import { createFindRoutes, proxySettingText, readProxySetting } from '../../../electron/main/network/proxy-routes.ts';

const mail = { host: 'outlook.office365.com', port: 993 };

/** The ways to a host, in short. */
async function ways(setting: string, target = mail, { system = 'DIRECT', password = null as string | null } = {}) {
  const asked: string[] = [];
  const unknown: string[] = [];
  const findRoutes = createFindRoutes({
    setting: () => readProxySetting(setting) ?? { kind: 'system' },
    password: () => Promise.resolve(password),
    system: (url) => {
      asked.push(url);
      return Promise.resolve(system);
    },
    onUnknown: (list) => unknown.push(list),
  });
  const routes = await findRoutes(target);
  const inShort = async (route: Route): Promise<string> => {
    if (route.kind === 'direct') return 'direct';
    const { kind, host, port } = route.server;
    const found = (await route.credentials?.()) ?? null;
    const who = found === null ? '' : `${found.user}:${found.password}@`;
    return `${kind}://${who}${host}:${port}`;
  };
  return { short: await Promise.all(routes.map(inShort)), asked, unknown };
}

describe('the ways to a host', () => {
  it('are the system’s, in its order, asked as for a secure web page', async () => {
    const found = await ways('system', mail, { system: 'PROXY one:80; SOCKS5 two:1080; DIRECT' });
    expect(found.short).toEqual(['http://one:80', 'socks5://two:1080', 'direct']);
    expect(found.asked).toEqual(['https://outlook.office365.com:993/']);
    expect((await ways('system', { host: 'fd00::1', port: 993 })).asked).toEqual(['https://[fd00::1]:993/']);
  });

  it('are the direct one alone where the system has none, or says what nobody knows', async () => {
    expect(await ways('system')).toMatchObject({ short: ['direct'], unknown: [] });
    expect(await ways('system', mail, { system: '' })).toMatchObject({ short: ['direct'], unknown: [] });
    expect(await ways('none', mail, { system: 'PROXY one:80' })).toMatchObject({ short: ['direct'], asked: [] });
  });

  it('are the direct one where all that the system names is unknown, which is told', async () => {
    const found = await ways('system', mail, { system: 'SOCKS old:1080' });
    expect(found).toMatchObject({ short: ['direct'], unknown: ['SOCKS old:1080'] });
    expect((await ways('system', mail, { system: 'SOCKS old:1080; PROXY one:80' })).unknown).toEqual([]);
  });

  it('are the named proxy alone: nothing goes beside it', async () => {
    expect((await ways('http://proxy:3128')).short).toEqual(['http://proxy:3128']);
    expect((await ways('socks5://ada@proxy', mail, { password: 'p' })).short).toEqual(['socks5://ada:p@proxy:1080']);
    expect((await ways('http://ada@proxy:3128', mail, { password: null })).short).toEqual(['http://proxy:3128']);
  });

  it.each(['system', 'http://proxy:3128'])('to this computer itself are direct: %s', async (setting) => {
    const found = await ways(setting, { host: 'localhost', port: 993 }, { system: 'PROXY one:80' });
    expect(found.short).toEqual(['direct']);
  });
});

describe('the setting as one text', () => {
  it.each(['system', 'none', 'http://ada@proxy.example:3128', 'socks5://proxy.example:1080'])('%s', (text) => {
    const setting = readProxySetting(text);
    expect(setting === null ? null : proxySettingText(setting)).toBe(text);
  });

  it('is nothing else', () => {
    expect(readProxySetting('off the wall')).toBeNull();
    expect(readProxySetting('http://ada:secret@proxy.example:3128')).toBeNull();
  });
});
