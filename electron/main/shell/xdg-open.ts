import { spawn } from 'node:child_process';

/** xdg-open may stay for as long as the browser it starts; one that fails does so sooner (ms). */
const failsWithinMs = 5_000;

/**
 * Opens an address by Linux's `xdg-open`, whose exit status tells when there is no browser (xdg-open(1)); Electron's
 * `shell.openExternal` resolves then too (measured with Electron 33). Rejects with the reason, without the address.
 */
export function xdgOpen(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('xdg-open', [url], { stdio: 'ignore', detached: true });
    const timer = setTimeout(resolve, failsWithinMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`xdg-open: ${'code' in error ? String(error.code) : error.name}`));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(`xdg-open ended with ${String(code)}`));
      }
    });
    child.unref();
  });
}
