import type { TokenFacts } from '../electron/shared/token-report.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// Far fewer than an address may have, but none that PowerShell would take for anything else.
const plainAddress = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

/**
 * The commands by which an administrator lets an app into a mailbox over IMAP (Microsoft's page "Authenticate an IMAP,
 * POP or SMTP connection using OAuth"). A forged token may say anything, so nothing of it that isn't an id gets in.
 */
export function serverCommands(facts: Pick<TokenFacts, 'appId' | 'objectId'>, mailbox: string | null): string {
  const appId = idOr(facts.appId, '<application id>');
  const objectId = idOr(facts.objectId, '<service principal object id>');
  const address = mailbox !== null && plainAddress.test(mailbox) ? mailbox : '<mailbox address>';
  return [
    'Connect-ExchangeOnline',
    `New-ServicePrincipal -AppId ${appId} -ObjectId ${objectId}`,
    `Add-MailboxPermission -Identity ${address} -User ${objectId} -AccessRights FullAccess`,
  ].join('\n');
}

function idOr(id: string | null, placeholder: string): string {
  return id !== null && guid.test(id) ? id : placeholder;
}
