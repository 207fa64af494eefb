import { describe, expect, it } from 'vitest';

import { Notices } from '../../../electron/main/state/notices.ts';

const full = { code: 'disk-full', at: 1 } as const;

describe('Notices', () => {
  it('says once what cannot be saved, and takes it back when it can', () => {
    const notices = new Notices(() => {});
    notices.saving('settings.json', full);
    notices.saving('settings.json', { ...full, at: 2 });
    notices.saving('mailboxes.json', full);
    expect(notices.all).toHaveLength(2);
    notices.saving('settings.json', null);
    expect(notices.all).toMatchObject([{ kind: 'save-failed', id: 'save:mailboxes.json' }]);
  });

  it('stays silent about saves that succeed', () => {
    let changes = 0;
    const notices = new Notices(() => {
      changes += 1;
    });
    notices.saving('settings.json', null);
    expect(changes).toBe(0);
  });

  it('is dismissed one by one', () => {
    const notices = new Notices(() => {});
    notices.fileSetAside('settings.json', 'settings.damaged.json');
    notices.saving('mailboxes.json', full);
    notices.dismiss('set-aside:settings.json');
    expect(notices.all.map(({ kind }) => kind)).toEqual(['save-failed']);
  });
});
