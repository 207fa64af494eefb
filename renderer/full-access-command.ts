import { quotedForPowerShell } from '../electron/shared/powershell.ts';

/**
 * What an administrator runs in Exchange Online PowerShell, so that `delegate` may open the mailbox
 * (https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission).
 */
export function fullAccessCommand(mailbox: string, delegate: string): string {
  return `Add-MailboxPermission -Identity ${quotedForPowerShell(mailbox)} -User ${quotedForPowerShell(delegate)} -AccessRights FullAccess`;
}
