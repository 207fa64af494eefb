import { expect, it } from 'vitest';
import { usesSecretService } from '../../../electron/main/shell/dbus/secret-backend.ts';

it.each([
  [undefined, true],
  ['', true],
  ['service', true],
  ['file', false],
])('the keyring on the bus is ours with SECRET_BACKEND=%s: %s', (backend, isOurs) => {
  expect(usesSecretService({ SECRET_BACKEND: backend })).toBe(isOurs);
});
