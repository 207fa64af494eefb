import { expect, it } from 'vitest';

import {
  accountOfSignInNotification,
  createSignInNotifications,
} from '../../../electron/main/shell/sign-in-notifications.ts';
import { createWords } from '../../../electron/main/i18n.ts';

it('is shown again where the system didn’t take it, until it is on the screen or over', () => {
  const shown: string[] = [];
  const { translate } = createWords('en');
  const notifications = createSignInNotifications({ show: ({ id }) => shown.push(id), withdraw: () => {} }, translate);
  const reason = { code: 'sign-in-expired', at: 1 } as const;
  for (const id of ['a-1', 'b-2', 'c-3']) notifications.lost({ id, address: `${id}@example.org` }, reason);
  notifications.onShown('sign-in.a-1');
  notifications.regained('c-3');
  shown.length = 0;
  notifications.onReady();
  expect(shown).toEqual(['sign-in.b-2']);
  notifications.onShown('sign-in.b-2');
  notifications.onReady();
  expect(shown).toEqual(['sign-in.b-2']);
});

it('says in words why a sign-in was lost, and is about its account', () => {
  const shown: unknown[] = [];
  const withdrawn: string[] = [];
  const { translate } = createWords('en');
  const notifications = createSignInNotifications(
    { show: (one) => shown.push(one), withdraw: (id) => withdrawn.push(id) },
    translate,
  );
  const reason = { code: 'sign-in-expired', explanation: 'sign-in-frequency', at: 1, aadsts: '70043' } as const;
  notifications.lost({ id: 'a-1', address: 'ada@example.org' }, reason);
  expect(shown).toEqual([
    {
      id: 'sign-in.a-1',
      title: 'Tidings needs you to sign in again',
      body: 'ada@example.org: Your organization asks for a new sign-in now and then',
      silent: false,
    },
  ]);
  notifications.regained('a-1');
  expect(withdrawn).toEqual(['sign-in.a-1']);
  expect(accountOfSignInNotification('sign-in.a-1')).toBe('a-1');
  expect(accountOfSignInNotification('mail-1')).toBeNull();
});
