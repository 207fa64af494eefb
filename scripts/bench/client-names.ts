import type { ClientName } from './report/results.ts';

/** What each client calls itself at the notification server. */
export const clientAppNames: Readonly<Record<ClientName, string>> = {
  tidings: 'Tidings',
  imapflow: 'bare imapflow',
  rawSocket: 'raw socket',
};
