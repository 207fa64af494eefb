import type { NoAccessToken, ProblemKey } from '../../token-report.ts';

interface VerdictWords {
  readonly title: string;
  readonly text: string;
}

interface ProblemWords extends VerdictWords {
  /** What to do about it. */
  readonly fix: string;
}

/** English words of the token inspector, and of the view that it lives in. */
export const enInspector = {
  menu: 'Inspect a token…',
  checkConnection: 'Check connection…',
  checkTitle: 'Check the connection',
  title: 'Inspect a token',
  intro:
    'Paste an access token to see what it says, and whether it can open a person’s mailbox over IMAP. It’s read on ' +
    'this computer only: Tidings doesn’t send, keep or log it.',
  ownText: 'What the token that Tidings has for this account says. The token itself stays where it is.',
  own: 'Inspect this account’s token',
  field: 'Token',
  placeholder: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiIs…',
  mailbox: 'The mailbox it should open',
  anyMailbox: 'Any',
  inspect: 'Inspect',
  clear: 'Clear',
  tooLong: 'No token is this long. Paste the token only.',
  result: 'Result',
  source: {
    own: 'The token that Tidings has for {{address}}',
    pasted: 'What you pasted',
    pastedFor: 'What you pasted, measured by {{address}}',
    answer: 'The token in the XOAUTH2 or OAUTHBEARER answer that you pasted',
    answerFor: 'The token in the XOAUTH2 or OAUTHBEARER answer that you pasted, measured by {{address}}',
  },
  also: 'Also',
  claims: 'What the token says',
  none: 'none',
  fact: {
    audience: 'Service (aud)',
    subject: 'Stands for',
    scopes: 'Delegated scopes (scp)',
    roles: 'App roles (roles)',
    idtyp: 'Kind (idtyp)',
    user: 'Person (upn)',
    objectId: 'Object id (oid)',
    tenantId: 'Tenant (tid)',
    appId: 'App (appid)',
    issuer: 'Issuer (iss)',
    cloud: 'Cloud',
    version: 'Version (ver)',
    mailbox: 'Mailbox asked for (user)',
    issuedAt: 'Issued (iat)',
    notBefore: 'Valid from (nbf)',
    expiresAt: 'Valid until (exp)',
  },
  subject: { person: 'a person', app: 'an app', unknown: 'not known' },
  cloud: { public: 'Microsoft’s public cloud', 'us-government': 'US Government', china: 'China (21Vianet)' },
  verdict: {
    fits: {
      title: 'This token can open a mailbox',
      text:
        'It stands for a person, is meant for Exchange Online and allows IMAP.AccessAsUser.All. Whether its signature ' +
        'holds and IMAP is switched on, only the mail server can say.',
    },
    opaque: {
      title: 'Only Microsoft can read this token',
      text:
        'That’s normal: access tokens of personal accounts, such as Outlook.com and Hotmail, are closed. It says ' +
        'nothing against the token; the mail server decides.',
    },
    nothing: { title: 'There is no token here', text: 'Paste one in the field first.' },
    'too-long': { title: 'This is too long for a token', text: 'Paste the token only.' },
    'not-a-token': {
      title: 'This isn’t a token that Tidings knows',
      text:
        'A readable access token has three parts with two dots between them, and begins with “eyJ”. Perhaps a piece ' +
        'was cut off when it was copied.',
    },
    encrypted: {
      title: 'This token is encrypted',
      text: 'Only the service it’s meant for can read it. Exchange Online’s tokens aren’t made like this.',
    },
    'refresh-token': {
      title: 'This looks like a refresh token or a code, not an access token',
      text:
        'A program trades it for access tokens at Microsoft; a mail server doesn’t take it. It’s as good as a key to ' +
        'the account: don’t pass it on, and if others have seen it, sign out everywhere on Microsoft’s security page.',
    },
    'client-secret': {
      title: 'This looks like a client secret, not a token',
      text:
        'An app proves with it that it is itself. Tidings needs none, and neither does any app on a desktop. If others ' +
        'have seen it, delete it in the app’s registration.',
    },
    'id-token': {
      title: 'This is an ID token, not an access token',
      text:
        'It only tells an app who signed in, and opens nothing. The access token comes in the same answer, as ' +
        '“access_token”.',
    },
  } satisfies Record<'fits' | 'opaque' | NoAccessToken, VerdictWords>,
  problem: {
    'app-only': {
      title: 'This token stands for an app, not for a person',
      text:
        'An app got it by itself, by the client_credentials flow with a “.default” scope. No person allowed it ' +
        'anything, so it has no scp, and its oid is the app’s own. It can’t open a person’s mailbox over IMAP: the ' +
        'server answers “AUTHENTICATE failed”.',
      fix:
        'Let the person sign in: by the authorization code flow with PKCE, in the browser, with their consent to the ' +
        'scope https://outlook.office.com/IMAP.AccessAsUser.All. Tidings does just that when you add an account.',
    },
    'app-only-with-role': {
      title: 'This token stands for an app: a server’s way to a mailbox',
      text:
        'An app got it by itself, by the client_credentials flow. It has the role IMAP.AccessAsApp, but Exchange lets ' +
        'it only into mailboxes that an administrator opened to this app; into all others it answers “AUTHENTICATE ' +
        'failed”. It needs a secret or certificate, which a desktop app can’t keep, so Tidings doesn’t use this way.',
      fix:
        'For a person at their computer: the authorization code flow with PKCE and the scope ' +
        'https://outlook.office.com/IMAP.AccessAsUser.All. Tidings does just that when you add an account.',
    },
    'graph-resource': {
      title: 'This token is for Microsoft Graph, not for IMAP',
      text:
        'Each access token is for one service, and the mail server takes only its own, whatever the permissions are ' +
        'called.',
      fix:
        'Ask for the scope by its whole name, https://outlook.office.com/IMAP.AccessAsUser.All. Without the address ' +
        'in front, Microsoft takes it for one of Graph’s.',
    },
    'other-resource': {
      title: 'This token is for another service',
      text: 'Its aud names the service that it opens, and that isn’t Exchange Online.',
      fix: 'Ask for a token with the scope https://outlook.office.com/IMAP.AccessAsUser.All.',
    },
    'scope-missing': {
      title: 'This token doesn’t allow IMAP',
      text: 'It’s for Exchange Online, but IMAP.AccessAsUser.All isn’t among its scopes (scp).',
      fix:
        'Add that permission to the app’s registration, ask for https://outlook.office.com/IMAP.AccessAsUser.All when ' +
        'signing in, and have it consented to; many organizations leave that to an administrator.',
    },
    'other-tenant': {
      title: 'This token is from another organization',
      text: 'Its tenant (tid) isn’t the one that {{expected}} belongs to, so it can’t open that mailbox.',
      fix: 'Sign in as {{expected}}, at its own tenant; as a guest elsewhere, one has no mailbox.',
    },
    'other-user': {
      title: 'This token is another person’s',
      text: 'It isn’t for {{expected}}. The server answers “authenticated but not connected”, or refuses.',
      fix: 'Sign in as {{expected}}. A shared mailbox opens with one’s own token, if one has been given access to it.',
    },
    'other-mailbox': {
      title: 'This asks for another mailbox than the token’s person has',
      text:
        'The token is {{owner}}’s, but the answer’s user= names {{mailbox}}. Exchange opens that one only to somebody ' +
        'with Full Access to it; else it answers “authenticated but not connected”, or refuses.',
      fix:
        'For their own mailbox, put {{owner}} after user=. For a shared one, an administrator gives {{owner}} Full ' +
        'Access to it.',
    },
    expired: {
      title: 'This token has expired',
      text: 'It ended at {{at}}. That’s usual after 60 to 90 minutes.',
      fix:
        'Get a new one; programs renew theirs with the refresh token. If it should still hold, check this computer’s ' +
        'clock.',
    },
    'not-yet-valid': {
      title: 'This token isn’t valid yet',
      text: 'It begins at {{at}}, in the future.',
      fix: 'Check date, time and time zone of this computer: most likely its clock is slow.',
    },
  } satisfies Record<ProblemKey, ProblemWords>,
  server: {
    title: 'For administrators: let a server read a mailbox',
    text:
      'A program without a person can use IMAP as an app (IMAP.AccessAsApp). In Microsoft Entra, give the app that ' +
      'permission, under “Office 365 Exchange Online”, “Application permissions”, and grant admin consent. Then, in ' +
      'Exchange Online PowerShell, register its service principal and open each mailbox to it:',
    commands: 'Exchange Online PowerShell commands',
    copy: 'Copy these commands',
    note:
      'ObjectId is the one under “Enterprise applications”, not the registration’s. The token is asked for with ' +
      'https://outlook.office365.com/.default, and the mailbox’s address is the user= of XOAUTH2.',
  },
} as const;
