import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { setUpSteps } from '../../renderer/set-up-steps.ts';

test('the set-up commands give az the right arguments when they run one after another in a real shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-az-'));
  try {
    const log = join(folder, 'calls');
    // Stands in for the Azure CLI: notes its arguments, one call a line, and answers with the call's number.
    writeFileSync(
      join(folder, 'az'),
      `#!/bin/sh\n{ printf '[%s]' "$@"; echo; } >> '${log}'\necho "id$(wc -l < '${log}' | tr -d ' ')"\n`,
    );
    chmodSync(join(folder, 'az'), 0o755);
    const script = setUpSteps('bash')
      .map(({ command }) => command)
      .join('\n');
    const said = execFileSync('/bin/sh', ['-eu', '-c', script], {
      env: { PATH: `${folder}:/usr/bin:/bin` },
      encoding: 'utf8',
    });
    const calls = readFileSync(log, 'utf8').trim().split('\n');
    expect(calls[1]).toContain('[--sign-in-audience][AzureADandPersonalMicrosoftAccount]');
    expect(calls[1]).toContain('[--public-client-redirect-uris][http://localhost]');
    expect(calls[2]).toContain("[--filter][displayName eq 'Office 365 Exchange Online']");
    expect(calls[3]).toContain("[--id][id3][--query][oauth2PermissionScopes[?value=='IMAP.AccessAsUser.All'].id]");
    expect(calls[4]).toBe('[ad][app][permission][add][--id][id2][--api][id3][--api-permissions][id4=Scope]');
    expect(said.trim().split('\n').at(-1)).toBe('id2');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
