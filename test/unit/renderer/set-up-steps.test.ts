import { describe, expect, test } from 'vitest';

import { likelyShell, setUpSteps, type Shell } from '../../../renderer/set-up-steps.ts';

const shells: readonly Shell[] = ['bash', 'powershell'];

describe('the set-up commands', () => {
  test.each(shells)('are five, and fit the clipboard, in %s', (shell) => {
    const steps = setUpSteps(shell);
    expect(steps.map(({ id }) => id)).toEqual(['login', 'create', 'look-up', 'permit', 'show']);
    for (const { command } of steps) {
      expect(command.length).toBeLessThan(4_096);
    }
  });

  test.each(shells)('invent no id and ask for no secret in %s', (shell) => {
    const all = setUpSteps(shell)
      .map(({ command }) => command)
      .join('\n');
    expect(all).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/i);
    expect(all).not.toMatch(/secret|credential|password/i);
    expect(all).toContain('IMAP.AccessAsUser.All');
    expect(all).not.toContain('SMTP');
  });

  test('hand no pipe to az on Windows, where cmd would take it', () => {
    for (const { command } of setUpSteps('powershell')) {
      expect(command).not.toMatch(/[|^%&<>]/);
    }
  });

  test('start with the terminal that the system most likely has', () => {
    expect(likelyShell('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0')).toBe('powershell');
    expect(likelyShell('Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0.0.0')).toBe('bash');
  });
});
