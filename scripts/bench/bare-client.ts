import { once } from 'node:events';

import { z } from 'zod';

import { connectBus } from '../../test/desktop/bus-client.ts';
import type { BareClientOrders } from './bare-client-process.ts';

const ordersSchema = z.object({
  port: z.number(),
  ca: z.string(),
  address: z.string(),
  accessToken: z.string(),
  busAddress: z.string(),
});

/** Says on the desktop what there is to say, at once. */
export type Notify = (title: string, body: string) => void;

/** What a client to compare with is told to do; it ends with the process that told it. */
export async function takeOrders(): Promise<BareClientOrders> {
  process.once('disconnect', () => process.exit());
  const [orders] = await once(process, 'message');
  return ordersSchema.parse(orders);
}

/** Connects to the message bus; after this a notification is on its way at once. */
export async function connectNotifications(appName: string, busAddress: string): Promise<Notify> {
  const bus = await connectBus(busAddress);
  const name = 'org.freedesktop.Notifications';
  const service = { destination: name, path: '/org/freedesktop/Notifications', interface: name };
  await bus.call({ ...service, member: 'GetCapabilities' });
  return (title, body) => {
    const values = [appName, 0, '', title, body, [], [], -1];
    // A client that fails to tell ends with the reason: the measurement would wait for nothing.
    void bus.call({ ...service, member: 'Notify', signature: 'susssasa{sv}i', body: values });
  };
}
