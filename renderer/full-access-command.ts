/**
 * What an administrator runs in Exchange Online PowerShell, so that `delegate` may open the mailbox
 * (https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission).
 */
export function fullAccessCommand(mailbox: string, delegate: string): string {
  return `Add-MailboxPermission -Identity ${quoted(mailbox)} -User ${quoted(delegate)} -AccessRights FullAccess`;
}

/** PowerShell takes typographic quotes for straight ones; doubled, they stand for themselves (about_Quoting_Rules). */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/gu, '$&$&')}'`;
}
