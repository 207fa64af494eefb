import type { Translate } from './locales/messages.ts';
import type { ApprovalSnapshot } from './snapshot.ts';

/** What of an approval is in a letter. */
export type LetterFacts = Pick<ApprovalSnapshot, 'address' | 'link' | 'clientId' | 'tenant' | 'graphEnvironment'>;

/** A mail of plain text; lines end with `\n`. */
export interface Letter {
  readonly subject: string;
  readonly body: string;
}

/** Microsoft's page about all the ways to approve an app, in a portal and elsewhere. */
const grantPage = 'https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent';

/** Microsoft's own ids of the two services, the same in every tenant and cloud, unlike their names. */
const services = {
  exchange: '00000002-0000-0ff1-ce00-000000000000',
  graph: '00000003-0000-0000-c000-000000000000',
};

/** What is asked for, as an administrator finds it in Microsoft's lists. */
export const approvedPermissions = { mail: 'IMAP.AccessAsUser.All', identity: 'offline_access openid profile email' };

/**
 * The letter that an administrator can act on without knowing Tidings: the link, what it permits and why, where tokens
 * are kept, what the last page looks like, how to take it back, and the other ways. At most 4,096 characters, which the
 * clipboard takes.
 */
export function approvalLetter(t: Translate, facts: LetterFacts): Letter {
  const { clientId, link } = facts;
  const { mail, identity } = approvedPermissions;
  const paragraphs = [
    t('approval.letter.greeting'),
    wish(t, facts),
    link,
    [
      t('approval.letter.whatTitle'),
      `- ${t('approval.letter.whatApp', { clientId })}`,
      `- ${mail}: ${t('approval.letter.whatMail')}`,
      `- ${identity}: ${t('approval.letter.whatIdentity')}`,
      t('approval.letter.whatKind'),
    ].join('\n'),
    [t('approval.letter.dataTitle'), t('approval.letter.dataText')].join('\n'),
    [t('approval.letter.endTitle'), t('approval.letter.endText')].join('\n'),
    [t('approval.letter.revokeTitle'), t('approval.letter.revokeText', { clientId, portal: portalOf(t, facts) })].join(
      '\n',
    ),
    [t('approval.letter.shellTitle'), approvalCommands(facts)].join('\n'),
    t('approval.letter.moreWays', { page: grantPage }),
    t('approval.letter.thanks'),
  ];
  return { subject: t('approval.letter.subject'), body: `${paragraphs.join('\n\n')}\n` };
}

/**
 * The same in a line each, for a system that takes no long addresses: 2,081 characters of it, of which a Chinese one
 * takes nine.
 */
export function approvalNote(t: Translate, facts: LetterFacts): Letter {
  const { address, clientId, link } = facts;
  const paragraphs = [
    address === null ? t('approval.letter.note.wish') : t('approval.letter.note.wishFor', { address }),
    link,
    [
      t('approval.letter.note.app', { clientId }),
      t('approval.letter.note.permissions', approvedPermissions),
      t('approval.letter.note.data'),
      t('approval.letter.note.revoke', { portal: portalOf(t, facts) }),
    ].join('\n'),
    t('approval.letter.note.end'),
    t('approval.letter.thanks'),
  ];
  return { subject: t('approval.letter.subject'), body: `${paragraphs.join('\n\n')}\n` };
}

const nationalPortals = { USGov: 'portal.azure.us', USGovDoD: 'portal.azure.us', China: 'portal.azure.cn' };

/** Where an administrator of that cloud manages apps, by the name or address that they know. */
export function portalOf(t: Translate, { graphEnvironment }: Pick<LetterFacts, 'graphEnvironment'>): string {
  return graphEnvironment === null ? t('approval.portal') : nationalPortals[graphEnvironment];
}

function wish(t: Translate, { address }: LetterFacts): string {
  return address === null ? t('approval.letter.wish') : t('approval.letter.wishFor', { address });
}

/**
 * The same approval by Microsoft Graph PowerShell. A tenant that has granted some of it before, where New- is refused, is
 * told of Update-. https://learn.microsoft.com/powershell/microsoftgraph/tutorial-grant-delegated-api-permissions
 */
export function approvalCommands({ clientId, tenant, graphEnvironment }: LetterFacts): string {
  const where = [
    graphEnvironment === null ? '' : ` -Environment ${graphEnvironment}`,
    tenant === 'organizations' ? '' : ` -TenantId ${tenant}`,
  ].join('');
  const find = (appId: string): string => `(Get-MgServicePrincipal -Filter "appId eq '${appId}'").Id`;
  const grant = (service: string, scope: string): string =>
    `New-MgOauth2PermissionGrant -ClientId $app -ConsentType AllPrincipals -ResourceId ${find(service)} -Scope '${scope}'`;
  return [
    `Connect-MgGraph${where} -Scopes Application.ReadWrite.All, DelegatedPermissionGrant.ReadWrite.All`,
    `$app = ${find(clientId)}`,
    `if (-not $app) { $app = (New-MgServicePrincipal -AppId '${clientId}').Id }`,
    '# Where there is a grant already, add to its scope by Update-MgOauth2PermissionGrant instead',
    grant(services.exchange, approvedPermissions.mail),
    grant(services.graph, approvedPermissions.identity),
  ].join('\n');
}

/** A letter as an address that opens a new mail with it, to be sent by the person (RFC 6068). */
export function mailtoOf({ subject, body }: Letter): string {
  const encode = (text: string): string =>
    // Apostrophes and parentheses are taken for the address's end by programs that find links in text.
    encodeURIComponent(text).replace(
      /[!'()*]/gu,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
  return `mailto:?subject=${encode(subject)}&body=${encode(body.replaceAll('\n', '\r\n'))}`;
}
