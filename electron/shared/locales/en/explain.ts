import type { ExplanationId, Mender } from '../../sign-in-explanation.ts';
import type { ErrorWords } from './errors.ts';

/** English words for what Microsoft's refusals of a sign-in mean, and for the place to ask. */
export const enExplain = {
  who: {
    label: 'Who can mend it:',
    you: 'You',
    administrator: 'Your administrator',
    registration: 'Whoever registered the app (the client id)',
    microsoft: 'Microsoft – it needs only time',
    makers: 'The makers of Tidings',
    unknown: 'Microsoft’s page about the number should say',
  } satisfies Readonly<Record<Mender | 'label', string>>,
  ask: {
    question: 'Microsoft shows an error?',
    label: 'What Microsoft’s page says',
    hint:
      'Its number is enough, such as AADSTS50011. Or paste all of the message, or the page’s address: it is read on ' +
      'this computer only, and not kept.',
    placeholder: 'AADSTS…',
    explain: 'Explain it',
    nothing: 'There is no error number in this. It stands on Microsoft’s page after “AADSTS”, or under “Details”.',
    lookUp: 'See what Microsoft says of it',
  },
  cancelled: {
    line: 'Sign-in cancelled.',
    title: 'The sign-in was cancelled',
    text: 'Nothing was changed. If Microsoft’s page showed an error, Tidings can tell you what it means.',
  },
  /** The one notification when a sign-in was lost. */
  lost: {
    title: 'Tidings needs you to sign in again',
    body: '{{account}}: {{reason}}',
  },
  reasons: {
    'public-client-off': {
      title: 'The app isn’t registered as a desktop app',
      action:
        'In its registration, under Authentication, add the platform “Mobile and desktop applications” and switch on ' +
        '“Allow public client flows”. Then try again.',
    },
    'secret-sent': {
      title: 'The app is registered for a client secret',
      action:
        'Tidings has none and sends none. Register it under “Mobile and desktop applications” instead of “Web”, ' +
        'remove the secret, and try again.',
    },
    'redirect-missing': {
      title: 'The way back to Tidings isn’t registered',
      action:
        'In the app’s registration, under Authentication, add http://localhost to “Mobile and desktop applications”, ' +
        'exactly so and without a port. Then try again.',
    },
    'client-id-unknown': {
      title: 'Microsoft doesn’t know this client id here',
      action:
        'Compare the client id with the one under “Overview” of the registration. If it is right, the app was ' +
        'registered in another organization, and only for that one.',
    },
    'client-id-microsofts': {
      title: 'This client id belongs to an app of Microsoft’s',
      action: 'Nobody else may use it. Register an app of your own, and use its client id.',
    },
    'tenant-unknown': {
      title: 'Microsoft doesn’t know this tenant',
      action:
        'Correct the tenant that you set up beside the client id, or leave it empty. The registration’s “Overview” ' +
        'shows it as Directory (tenant) ID.',
    },
    'other-cloud': {
      title: 'This account belongs to another Microsoft cloud',
      action:
        'The US Government’s and China’s clouds have sign-in pages of their own. Ask for a set-up file for that cloud, ' +
        'and open it in Tidings.',
    },
    'single-tenant': {
      title: 'The app is for one organization only',
      action:
        'Set up that organization’s tenant beside the client id. Or have “Supported account types” in the registration ' +
        'changed to accounts in any directory.',
    },
    'account-kind': {
      title: 'The app isn’t open to this kind of account',
      action:
        'Sign in with the other kind (work or school, or personal). Or have “Supported account types” in the ' +
        'registration changed, so that it takes both.',
    },
    'permission-wrong': {
      title: 'The app’s registration lacks the mail permission',
      action:
        'Under “API permissions” add IMAP.AccessAsUser.All (delegated), to be found under Office 365 Exchange Online ' +
        'or Microsoft Graph. Then try again.',
    },
    'scopes-wrong': {
      title: 'Wrong permissions were asked for',
      action:
        'The “resource” in Tidings’ set-up has to be https://outlook.office.com (other clouds have their own). ' +
        'Correct the set-up file, and open it again.',
    },
    'single-page-app': {
      title: 'The app is registered as a web page',
      action:
        'Such sign-ins last a day at most. In the registration, remove http://localhost from “Single-page application” ' +
        'and add it to “Mobile and desktop applications”. Then sign in again.',
    },
    'consent-missing': {
      title: 'Tidings’ permission is missing',
      action:
        'It was never given, or it was withdrawn. Sign in again and choose Accept. If there is no Accept on the page, ' +
        'your administrator has to approve Tidings first.',
    },
    'consent-declined': {
      title: 'Tidings wasn’t given permission',
      action:
        'Try again, and choose Accept on Microsoft’s page. If there was no Accept but a note about approval, your ' +
        'administrator has to approve Tidings first.',
    },
    'admin-approval': {
      title: 'Your administrator has to approve Tidings',
      action:
        'Your organization doesn’t let people allow mail apps by themselves. Ask your administrator to consent to ' +
        '“IMAP.AccessAsUser.All” for it, then try again.',
    },
    'not-assigned': {
      title: 'You aren’t on the list for this app',
      action:
        'Ask your administrator to assign you to it: Entra admin center, Enterprise applications, the app, “Users and ' +
        'groups”. Then try again.',
    },
    'app-disabled': {
      title: 'The app is switched off in your organization',
      action:
        'Ask your administrator to allow it: Entra admin center, Enterprise applications, the app, Properties, ' +
        '“Enabled for users to sign in”.',
    },
    'no-subscription': {
      title: 'Your organization has no Exchange Online',
      action:
        'Ask your administrator whether your mailbox is with Microsoft 365, and whether its subscription is in order. ' +
        'Tidings can’t watch mailboxes elsewhere.',
    },
    'conditional-access': {
      title: 'A rule of your organization blocks this sign-in',
      action:
        'Send the copied details to your administrator: by correlation id and time they find the rule in the sign-in ' +
        'log. From another place or network it may be allowed.',
    },
    'device-managed': {
      title: 'Your organization wants a computer that it manages',
      action:
        'Use one that it has set up, or ask your administrator how to register this one. They find the rule by the ' +
        'copied details.',
    },
    'app-not-approved': {
      title: 'Your organization takes only apps on its list',
      action: 'Ask your administrator to add Tidings, or to leave it out of that rule. Send them the copied details.',
    },
    'tenant-restricted': {
      title: 'These two organizations don’t let each other in',
      action:
        'Your network or organization allows sign-ins to chosen organizations only. Try another network with a private ' +
        'account; otherwise ask your administrator.',
    },
    'organization-server': {
      title: 'Your organization’s own sign-in server has trouble',
      action: 'Try again in a few minutes. If it stays so, send the copied details to your administrator.',
    },
    'account-not-here': {
      title: 'This account isn’t known in that organization',
      action:
        'Try again and pick another account, or type the address anew. To use this one there, have its administrator ' +
        'invite you as a guest.',
    },
    'account-locked': {
      title: 'The account is locked for now',
      action:
        'There were too many tries with a wrong password, or from a suspicious address. Wait 15 minutes, then sign in ' +
        'on Microsoft’s page, or reset the password there.',
    },
    'account-disabled': {
      title: 'The account is disabled',
      action: 'Only your administrator can enable it again. Then sign in.',
    },
    'password-wrong': {
      title: 'Address and password don’t match',
      action: 'Try again on Microsoft’s page; it also offers to reset a forgotten password.',
    },
    'password-expired': {
      title: 'The password has to be changed',
      action: 'It has expired or isn’t safe any more. Sign in again: Microsoft’s page asks for a new one.',
    },
    'password-changed': {
      title: 'The password was changed, or you were signed out everywhere',
      action: 'Microsoft then ends every sign-in made before. Sign in again with the password of today.',
    },
    'session-over': {
      title: 'Your sign-in has ended',
      action: 'It wasn’t used for a long time, or Microsoft ended it. Sign in again to go on.',
    },
    'session-only': {
      title: 'Tidings keeps your sign-in only while it runs, as you chose',
      action: 'Sign in again to go on. Each start asks for it, as long as no keyring is used.',
    },
    'sign-in-frequency': {
      title: 'Your organization asks for a new sign-in now and then',
      action:
        'Its rules end each sign-in after a set time, often a day; Tidings can’t change that. Sign in again. Only your ' +
        'administrator can lengthen the time.',
    },
    'mfa-needed': {
      title: 'Microsoft wants to be sure that it is you',
      action: 'Sign in again and confirm as asked, by app, code or phone.',
    },
    'mfa-registration': {
      title: 'Your organization wants a second way to confirm it’s you',
      action:
        'Sign in again and set it up as the page asks. If it can’t be done from here, do it at mysignins.microsoft.com ' +
        'on a computer at work.',
    },
    'id-token-asked': {
      title: 'That page didn’t come from Tidings',
      action: 'It asked for something that Tidings never does. Close it, and start the sign-in here.',
    },
    'start-again': {
      title: 'That sign-in page is used up',
      action: 'Each works once, and for a few minutes. Close it and try again from here, without the Back button.',
    },
    'malformed-request': {
      title: 'Microsoft couldn’t make sense of the request',
      action:
        'Close the page and try again from here. If that doesn’t help it is a mistake in Tidings: report it with the ' +
        'copied details.',
    },
    looping: {
      title: 'Microsoft asks for a pause',
      action: 'There were too many sign-ins in a short time. Wait a quarter of an hour, then try once.',
    },
    transient: {
      title: 'Microsoft’s sign-in service has a moment’s trouble',
      action: 'Nothing is wrong with your account. Wait a few minutes, then try again.',
    },
    'unknown-number': {
      title: 'Microsoft refused, with a number that Tidings doesn’t know',
      action:
        'Microsoft’s page about it says what it means. At work or school, also send the copied details to your ' +
        'administrator, who finds the sign-in by them.',
    },
  } satisfies Readonly<Record<ExplanationId, ErrorWords>>,
} as const;
