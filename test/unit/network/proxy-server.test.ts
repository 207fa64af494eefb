import { describe, expect, it } from 'vitest';

import {
  isThisComputer,
  proxyAddress,
  readProxyAddress,
  readProxyList,
} from '../../../electron/main/network/proxy-server.ts';

describe('the address of a proxy', () => {
  it.each([
    ['proxy.corp.example:3128', 'http://proxy.corp.example:3128'],
    ['proxy.corp.example', 'http://proxy.corp.example:8080'],
    ['http://proxy.corp.example:80', 'http://proxy.corp.example:80'],
    ['HTTP://Proxy.Corp.Example:443/', 'http://proxy.corp.example:443'],
    ['https://proxy.corp.example', 'https://proxy.corp.example:443'],
    ['https://proxy.corp.example:443', 'https://proxy.corp.example:443'],
    ['socks5://10.0.0.1', 'socks5://10.0.0.1:1080'],
    ['socks5h://10.0.0.1:1081', 'socks5://10.0.0.1:1081'],
    [' http://ada@proxy.corp.example:3128 ', 'http://ada@proxy.corp.example:3128'],
    ['http://CORP%5Cada@proxy:3128', 'http://CORP%5Cada@proxy:3128'],
    ['socks5://CORP%3Aada@proxy', 'socks5://CORP%3Aada@proxy:1080'],
    ['http://[fd00::1]:3128', 'http://[fd00::1]:3128'],
  ])('%s is %s', (text, address) => {
    const named = readProxyAddress(text);
    expect(named === null ? null : proxyAddress(named)).toBe(address);
  });

  it.each([
    '',
    'http://',
    'ftp://proxy:21',
    'file:///etc/passwd',
    'javascript://x',
    'http://proxy:0',
    'http://proxy:65536',
    'http://proxy:3128/proxy.pac',
    'http://proxy:3128?x',
    'http://proxy:3128#x',
    'http://ada:secret@proxy:3128',
    'http://%zz@proxy:3128',
    'http://CORP%3Aada@proxy:3128',
    `socks5://${'x'.repeat(256)}@proxy`,
    'two words',
  ])('%j is none', (text) => {
    expect(readProxyAddress(text)).toBeNull();
  });
});

describe("Chromium's list", () => {
  it('is read in its order, without what nobody knows', () => {
    const list = 'PROXY one.example:80;HTTPS two.example:443; SOCKS5 [::1]:1080; SOCKS old:1080; QUIC x:1; DIRECT;';
    expect(readProxyList(list)).toEqual([
      { kind: 'http', host: 'one.example', port: 80 },
      { kind: 'https', host: 'two.example', port: 443 },
      { kind: 'socks5', host: '::1', port: 1080 },
      null,
    ]);
    expect(readProxyList('')).toEqual([]);
  });
});

describe('this computer', () => {
  it.each(['localhost', 'LOCALHOST', 'mail.localhost', '127.0.0.1', '127.8.8.8', '::1'])('is %s', (host) => {
    expect(isThisComputer(host)).toBe(true);
  });

  it.each(['localhost.example', '10.127.0.1', '127.0.0.1.example', '127.example', '::2'])('is not %s', (host) => {
    expect(isThisComputer(host)).toBe(false);
  });
});
