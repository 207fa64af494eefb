import type { CommandLine } from 'electron';

/**
 * Keeps Chromium from every host, whatever a page or Chromium itself asks for: mail and sign-in go through Node. To be
 * called before the app is ready. A session's filter (web-guards.ts) sees neither name look-ups ahead of time
 * (`dns-prefetch`) nor Chromium's own requests, such as for a dictionary at each start (measured on 33).
 */
export function cutOffChromium(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  // Addresses are names here too. Not sent through a proxy of the system either, which would look names up itself.
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('no-proxy-server');
}
