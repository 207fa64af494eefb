import { describe, expect, it } from 'vitest';

import { Notices } from '../../../electron/main/state/notices.ts';

const full = { code: 'disk-full', at: 1, detail: 'ENOSPC' } as const;

describe('Notices', () => {
  it('says once what cannot be saved, by names, and takes it back when it can', () => {
    const notices = new Notices(() => {});
    notices.saving('settings.json', full);
    notices.saving('settings.json', { ...full, at: 2 });
    notices.saving('mailboxes.json', { ...full, at: 3 });
    expect(notices.all).toMatchObject([
      { kind: 'save-failed', error: { code: 'disk-full', at: 1, detail: 'settings.json, mailboxes.json: ENOSPC' } },
    ]);
    notices.saving('settings.json', null);
    expect(notices.all).toMatchObject([{ kind: 'save-failed', error: { detail: 'mailboxes.json: ENOSPC' } }]);
    notices.saving('mailboxes.json', null);
    expect(notices.all).toEqual([]);
  });

  it('says each reason on its own', () => {
    const notices = new Notices(() => {});
    notices.saving('settings.json', full);
    notices.saving('tokens', { code: 'keyring-locked', at: 2 });
    notices.saving('removed tokens', { code: 'keyring-locked', at: 3, detail: 'in a locked collection' });
    expect(notices.all).toMatchObject([
      { error: { code: 'disk-full' } },
      { error: { code: 'keyring-locked', detail: 'tokens; removed tokens: in a locked collection' } },
    ]);
    expect(new Set(notices.all.map(({ id }) => id)).size).toBe(2);
  });

  it('does not come back by each try that fails, only by something new', () => {
    let changes = 0;
    const notices = new Notices(() => {
      changes += 1;
    });
    notices.saving('mailboxes.json', full);
    notices.dismiss(notices.all[0]?.id ?? '');
    changes = 0;
    notices.saving('mailboxes.json', { ...full, at: 2 });
    expect([notices.all, changes]).toEqual([[], 0]);
    notices.saving('settings.json', full);
    expect(notices.all).toMatchObject([{ error: { detail: 'settings.json: ENOSPC' } }]);
    notices.saving('mailboxes.json', null);
    notices.saving('mailboxes.json', full);
    expect(notices.all).toMatchObject([{ error: { detail: 'settings.json, mailboxes.json: ENOSPC' } }]);
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
