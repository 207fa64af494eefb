/** The least that tells of a mail with imapflow: idles, asks for the envelope of what is new, notifies. */
import { ImapFlow } from 'imapflow';

import { connectNotifications, takeOrders } from './bare-client.ts';
import { clientAppNames } from './client-names.ts';

const { port, ca, address, accessToken, busAddress } = await takeOrders();
const notify = await connectNotifications(clientAppNames.imapflow, busAddress);
const client = new ImapFlow({
  host: 'localhost',
  port,
  secure: true,
  tls: { ca },
  auth: { user: address, accessToken },
  logger: false,
  disableAutoIdle: true,
});

async function tell(range: string): Promise<void> {
  for await (const { envelope } of client.fetch(range, { envelope: true })) {
    notify(envelope?.from?.[0]?.name ?? '', envelope?.subject ?? '');
  }
}

await client.connect();
await client.mailboxOpen('INBOX', { readOnly: true });
client.on('exists', ({ count, prevCount }) => {
  void tell(`${prevCount + 1}:${count}`);
});
while (client.usable) await client.idle({ whenFree: true });
