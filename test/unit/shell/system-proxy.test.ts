import { describe, expect, it } from 'vitest';

import { createSystemProxy } from '../../../electron/main/shell/system-proxy.ts';

describe("the system's proxies", () => {
  it('are asked by a session of their own, which is made at the first question', async () => {
    const calls: unknown[] = [];
    const ask = createSystemProxy(() => {
      calls.push('open');
      return {
        setProxy: (config) => {
          calls.push(config);
          return Promise.resolve();
        },
        resolveProxy: (url) => {
          calls.push(url);
          return Promise.resolve('PROXY proxy.example:3128');
        },
      };
    });
    expect(calls).toEqual([]);
    expect(await ask('https://one.example/')).toBe('PROXY proxy.example:3128');
    await ask('https://two.example/');
    expect(calls).toEqual(['open', { mode: 'system' }, 'https://one.example/', 'https://two.example/']);
  });

  it('are asked anew after a failure', async () => {
    let opened = 0;
    const ask = createSystemProxy(() => {
      opened += 1;
      const isFirst = opened === 1;
      return {
        setProxy: () => (isFirst ? Promise.reject(new Error('not yet')) : Promise.resolve()),
        resolveProxy: () => Promise.resolve('PROXY proxy.example:3128'),
      };
    });
    await expect(ask('https://one.example/')).rejects.toThrow('not yet');
    expect(await ask('https://one.example/')).toBe('PROXY proxy.example:3128');
    await ask('https://two.example/');
    expect(opened).toBe(2);
  });
});
