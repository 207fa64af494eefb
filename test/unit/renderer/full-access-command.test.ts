import { describe, expect, it } from 'vitest';
import { fullAccessCommand } from '../../../renderer/full-access-command.ts';

describe('the command that gives Full Access', () => {
  it('names mailbox and delegate', () => {
    expect(fullAccessCommand('info@contoso.example', 'ada@contoso.example')).toBe(
      "Add-MailboxPermission -Identity 'info@contoso.example' -User 'ada@contoso.example' -AccessRights FullAccess",
    );
  });

  it.each(["'", '\u2018', '\u2019', '\u201a', '\u201b'])('can’t be broken out of by %s', (quote) => {
    expect(fullAccessCommand(`o${quote}hara@x.example`, 'ada@x.example')).toContain(
      `-Identity 'o${quote}${quote}hara@x.example' -User`,
    );
  });
});
