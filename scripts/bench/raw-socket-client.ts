/** The least there can be: a TLS socket that idles and notifies as soon as the line with the new size is there. */
import { connectRaw } from '../../test/standin/imap/raw-client.ts';
import { xoauth2 } from '../../test/support/imap-bench.ts';
import { connectNotifications, takeOrders } from './bare-client.ts';
import { clientAppNames } from './client-names.ts';
import { existsCount } from './imap-lines.ts';

const { port, ca, address, accessToken, busAddress } = await takeOrders();
const notify = await connectNotifications(clientAppNames.rawSocket, busAddress);
const client = await connectRaw(port, ca);
await client.readLine();
await client.command(`AUTHENTICATE XOAUTH2 ${xoauth2(address, accessToken)}`);
await client.command('EXAMINE INBOX');
client.write('i1 IDLE\r\n');
for (;;) {
  const line = await client.readLine();
  if (existsCount(line) !== null) notify('New mail', line);
}
