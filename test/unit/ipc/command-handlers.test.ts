import { beforeEach, describe, expect, it } from 'vitest';

import { type CommandTargets, createCommandHandlers } from '../../../electron/main/ipc/command-handlers.ts';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';
import { approvalLetter, approvalNote } from '../../../electron/shared/approval-letter.ts';
import type { AppErrorInfo } from '../../../electron/shared/app-error.ts';
import type { TokenReport } from '../../../electron/shared/token-report.ts';
import type { ApprovalSnapshot, VaultState } from '../../../electron/shared/snapshot.ts';

const report: TokenReport = { verdict: { kind: 'opaque' }, facts: null, mailbox: null };
const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const approval: ApprovalSnapshot = {
  id: 'p',
  accountId: null,
  address: 'ada@contoso.example',
  since: 1,
  triedAt: null,
  link: 'https://login.microsoftonline.com/contoso.example/v2.0/adminconsent',
  clientId,
  tenant: 'contoso.example',
  graphEnvironment: null,
};

/** Each command reaches what it is about, and says when that failed. */
describe('the command handlers', () => {
  let calls: string[];
  let profile: typeof builtInProfile;
  let vaultState: VaultState;
  let picked: string | null;
  /** Which of the letters the system takes. */
  let taken = 0;
  let tokenTrouble: AppErrorInfo | null;

  const note =
    (name: string) =>
    (...args: unknown[]): void => {
      calls.push([name, ...args.map((arg) => JSON.stringify(arg))].join(' '));
    };
  const noteLater = (name: string) => (argument: unknown) => {
    note(name)(argument);
    return Promise.resolve();
  };

  function handlers(): ReturnType<typeof createCommandHandlers> {
    const targets: CommandTargets = {
      accounts: {
        remove: noteLater('remove'),
        addSharedMailbox: async (accountId, address) => {
          note('addSharedMailbox')(accountId, address);
          return Promise.resolve('m1');
        },
        removeSharedMailbox: noteLater('removeSharedMailbox'),
        setSharedMailboxMuted: async (mailboxId, muted) => {
          note('setSharedMailboxMuted')(mailboxId, muted);
          return Promise.resolve();
        },
      },
      checkNow: note('checkNow'),
      signIn: {
        begin: ({ clientId: id }) => {
          note('begin')(id);
        },
        beginAgain: note('beginAgain'),
        cancel: note('cancel'),
        dismiss: note('dismiss'),
        addOther: note('addOther'),
        explain: (text) => {
          note('explain')(text);
          return text !== '';
        },
      },
      registration: { profile, useClientId: note('useClientId'), useFile: noteLater('useFile') },
      vault: { retry: () => Promise.resolve(vaultState), useSessionOnly: note('useSessionOnly') },
      notices: { dismiss: note('dismissNotice') },
      setLanguage: noteLater('setLanguage'),
      setNotificationDetail: note('setNotificationDetail'),
      setStartAtLogin: noteLater('setStartAtLogin'),
      network: {
        use: (choice) => {
          note('useProxy')(choice);
          return Promise.resolve();
        },
        check: () => Promise.resolve([]),
      },
      removal: { tokenTrouble: () => Promise.resolve(tokenTrouble), begin: note('beginRemoval') },
      doctor: {
        examine: note('examine'),
        cancel: note('cancelDoctor'),
        report: (...args) => {
          note('report')(...args);
          return args[0] === 'a' ? 'the result' : null;
        },
      },
      openLink: (link, accountId) => {
        note('openLink')(link, accountId);
        return Promise.resolve();
      },
      openErrorPage: noteLater('openErrorPage'),
      approvals: {
        ask: (...args) => {
          note('ask')(...args);
          return 'an-id';
        },
        checkAgain: note('checkAgain'),
        remove: note('removeApproval'),
        find: (id) => (id === approval.id ? approval : null),
        profileOf: (id) => (id === approval.id ? profile : null),
      },
      openLetter: (letters) => {
        note('openLetter')(letters);
        return Promise.resolve(letters[taken] ?? { subject: '', body: '' });
      },
      openSignInPage: noteLater('openSignInPage'),
      translate: (key) => key,
      writeClipboard: noteLater('writeClipboard'),
      pickSetUpFile: () => Promise.resolve(picked),
      tokenInspector: {
        inspect: (text, accountId) => {
          note('inspect')(text, accountId);
          return report;
        },
        inspectOwn: (accountId) => {
          note('inspectOwn')(accountId);
          return Promise.resolve(accountId === 'gone' ? null : report);
        },
      },
    };
    return createCommandHandlers(targets);
  }

  beforeEach(() => {
    calls = [];
    profile = { ...builtInProfile, clientId };
    vaultState = { kind: 'ready' };
    picked = null;
    tokenTrouble = null;
  });

  it('begin a sign-in with the profile of the moment', async () => {
    await handlers()['account.signIn']({});
    expect(calls).toEqual([`begin "${clientId}"`]);
  });

  it('begin none without a client id', async () => {
    profile = builtInProfile;
    await expect(handlers()['account.signIn']({})).rejects.toMatchObject({ code: 'client-id-missing' });
    expect(calls).toEqual([]);
  });

  it('carry their arguments', async () => {
    const all = handlers();
    await all['account.signInAgain']({ accountId: 'a' });
    await all['account.remove']({ accountId: 'a' });
    await all['account.checkNow']({ accountId: null });
    await all['account.addSharedMailbox']({ accountId: 'a', address: 'info@x.example' });
    await all['mailbox.setMuted']({ mailboxId: 'm', muted: true });
    await all['mailbox.remove']({ mailboxId: 'm' });
    await all['signIn.cancel']({});
    await all['signIn.dismiss']({});
    await all['signIn.addOther']({});
    expect(await all['signIn.explain']({ text: '65001' })).toBe(true);
    expect(await all['signIn.explain']({ text: '' })).toBe(false);
    await all['signIn.lookUp']({ aadsts: '65001' });
    await all['registration.useClientId']({ clientId, tenant: null });
    await all['vault.useSessionOnly']({});
    await all['notice.dismiss']({ noticeId: 'n' });
    await all['settings.setLanguage']({ language: 'zh-CN' });
    await all['settings.setNotificationDetail']({ detail: 'sender-only' });
    await all['settings.setStartAtLogin']({ enabled: true });
    await all['clipboard.write']({ text: 't' });
    await all['doctor.examine']({ accountId: 'a' });
    await all['doctor.cancel']({ accountId: 'a' });
    await all['doctor.copy']({ accountId: 'a', format: 'json', showAddresses: true });
    await all['doctor.copy']({ accountId: 'b', format: 'text', showAddresses: false });
    await all['link.open']({ link: 'outlook-web' });
    await all['link.open']({ link: 'revoke-consent-work', accountId: 'a' });
    expect(calls).toEqual([
      'beginAgain "a"',
      'remove "a"',
      'checkNow null',
      'addSharedMailbox "a" "info@x.example"',
      'setSharedMailboxMuted "m" true',
      'removeSharedMailbox "m"',
      'cancel',
      'dismiss',
      'addOther',
      'explain "65001"',
      'explain ""',
      'openErrorPage "65001"',
      `useClientId "${clientId}" null`,
      'useSessionOnly',
      'dismissNotice "n"',
      'setLanguage "zh-CN"',
      'setNotificationDetail "sender-only"',
      'setStartAtLogin true',
      'writeClipboard "t"',
      'examine "a"',
      'cancelDoctor "a"',
      'report "a" "json" true',
      'writeClipboard "the result"',
      'report "b" "text" false',
      'openLink "outlook-web" null',
      'openLink "revoke-consent-work" "a"',
    ]);
  });

  it('explain a token, and say when its account is gone', async () => {
    const all = handlers();
    expect(await all['token.inspect']({ text: 'EwB', accountId: 'a' })).toEqual(report);
    expect(await all['account.inspectToken']({ accountId: 'a' })).toEqual(report);
    expect(calls).toEqual(['inspect "EwB" "a"', 'inspectOwn "a"']);
    await expect(all['account.inspectToken']({ accountId: 'gone' })).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('ask, check, give up, mail and open an approval, which a window can only name', async () => {
    const all = handlers();
    expect(await all['approval.ask']({ address: 'ada@contoso.example', accountId: null })).toBe('an-id');
    await all['approval.checkAgain']({ approvalId: 'p' });
    await all['approval.remove']({ approvalId: 'p' });
    await all['approval.openPage']({ approvalId: 'p' });
    expect(calls).toEqual([
      'ask "ada@contoso.example" null',
      'checkAgain "p"',
      'removeApproval "p"',
      `openSignInPage "${approval.link}"`,
    ]);
    expect(await all['approval.mail']({ approvalId: 'p' })).toBe(true);
    taken = 1;
    expect(await all['approval.mail']({ approvalId: 'p' })).toBe(false);
    const mailed = JSON.stringify([approvalLetter((key) => key, approval), approvalNote((key) => key, approval)]);
    expect(calls.at(-1)).toBe(`openLetter ${mailed}`);
    const before = calls.length;
    await expect(all['approval.mail']({ approvalId: 'q' })).rejects.toMatchObject({ code: 'unexpected' });
    await expect(all['approval.openPage']({ approvalId: 'q' })).rejects.toMatchObject({ code: 'unexpected' });
    expect(calls).toHaveLength(before);
  });

  it('use the set-up file that was picked, and nothing when the dialog was closed', async () => {
    expect(await handlers()['registration.openFile']({})).toBe(false);
    expect(calls).toEqual([]);
    picked = '/home/ada/contoso.json';
    expect(await handlers()['registration.openFile']({})).toBe(true);
    expect(calls).toEqual(['useFile "/home/ada/contoso.json"']);
  });

  it('say why the keyring still can’t be used', async () => {
    vaultState = { kind: 'unavailable', error: { code: 'keyring-locked', at: 1 } };
    await expect(handlers()['vault.retry']({})).rejects.toMatchObject({ code: 'keyring-locked' });
    vaultState = { kind: 'ready' };
    expect(await handlers()['vault.retry']({})).toBeNull();
  });

  it('begin to remove everything when the tokens can be deleted, or are to be left', async () => {
    tokenTrouble = { code: 'keyring-locked', at: 0 };
    const remove = handlers()['app.removeEverything'];
    expect(await remove({ leaveTokens: false })).toEqual({ kind: 'tokens-out-of-reach', error: tokenTrouble });
    expect(calls).toEqual([]);
    expect(await remove({ leaveTokens: true })).toEqual({ kind: 'begun' });
    tokenTrouble = null;
    expect(await remove({ leaveTokens: false })).toEqual({ kind: 'begun' });
    expect(calls).toEqual(['beginRemoval true', 'beginRemoval false']);
  });
});
