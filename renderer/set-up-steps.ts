/** The terminals whose ways of keeping a value differ. */
export type Shell = 'bash' | 'powershell';

/** One step of registering an app; its words are `window.registration.steps.<id>`. */
export interface SetUpStep {
  readonly id: 'login' | 'create' | 'look-up' | 'permit' | 'show';
  readonly command: string;
}

/**
 * The Azure CLI commands that register a public client which may ask for IMAP. Ids are looked up by name, none is
 * written here. `az` is a batch file on Windows, so no argument may hold a pipe, which cmd would take for its own.
 * Apps for personal accounts too must ask for version 2 tokens (Microsoft Graph, apiApplication resource type).
 */
export function setUpSteps(shell: Shell): readonly SetUpStep[] {
  const keep = (name: string, command: string): string =>
    shell === 'bash' ? `${name}=$(${command})` : `$${name} = ${command}`;
  return [
    { id: 'login', command: 'az login --allow-no-subscriptions' },
    {
      id: 'create',
      command: keep(
        'APP',
        'az ad app create --display-name Tidings' +
          ' --sign-in-audience AzureADandPersonalMicrosoftAccount --requested-access-token-version 2' +
          ' --public-client-redirect-uris http://localhost --is-fallback-public-client true' +
          ' --query appId --output tsv',
      ),
    },
    {
      id: 'look-up',
      command: [
        keep(
          'API',
          `az ad sp list --filter "displayName eq 'Office 365 Exchange Online'" --query "[0].appId" --output tsv`,
        ),
        keep(
          'SCOPE',
          'az ad sp show --id $API' +
            ` --query "oauth2PermissionScopes[?value=='IMAP.AccessAsUser.All'].id" --output tsv`,
        ),
        'echo "$API $SCOPE"',
      ].join('\n'),
    },
    { id: 'permit', command: 'az ad app permission add --id $APP --api $API --api-permissions "$SCOPE=Scope"' },
    { id: 'show', command: 'echo $APP' },
  ];
}

/** The terminal a person most likely has, by the browser's user agent. */
export function likelyShell(userAgent: string): Shell {
  return userAgent.includes('Windows') ? 'powershell' : 'bash';
}
