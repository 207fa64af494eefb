import { describe, expect, test } from 'vitest';

import { checkRegistration } from '../../../renderer/client-id.ts';

const clientId = '0f5d3b1e-6c2a-4e8f-9b7d-1a2b3c4d5e6f';
const tenant = '7a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

describe('a client id', () => {
  test.each([
    ['as it is', clientId],
    ['with blanks around it', `  ${clientId}\n`],
    ['in capitals', clientId.toUpperCase()],
    ['in braces', `{${clientId}}`],
  ])('is taken %s', (_, text) => {
    expect(checkRegistration(text, '')).toEqual({ ok: true, clientId, tenant: null });
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['00000000-0000-0000-0000-000000000000', 'zero'],
    [clientId.slice(1), 'not-a-guid'],
    [clientId.replaceAll('-', ''), 'not-a-guid'],
    ['tidings', 'not-a-guid'],
    ['abc8Q~Dk3jR_k2.mZk1QyP0dR9s-T7uVwXyZ1bcD', 'looks-like-secret'],
  ])('"%s" is refused as %s', (text, problem) => {
    expect(checkRegistration(text, '')).toEqual({ ok: false, clientId: problem, tenant: null });
  });
});

describe('a tenant', () => {
  test.each([tenant, 'contoso.com', 'contoso.onmicrosoft.com', 'common', 'organizations', 'consumers'])(
    '%s is taken',
    (text) => {
      expect(checkRegistration(clientId, text)).toEqual({ ok: true, clientId, tenant: text });
    },
  );

  test.each([
    ['https://login.microsoftonline.com/contoso', 'not-a-tenant'],
    ['contoso', 'not-a-tenant'],
    ['con toso.com', 'not-a-tenant'],
    ['../common', 'not-a-tenant'],
    ['-contoso.com', 'not-a-tenant'],
    ['10.0.0.1', 'not-a-tenant'],
    [clientId, 'same-as-client-id'],
  ])('"%s" is refused as %s', (text, problem) => {
    expect(checkRegistration(clientId, text)).toEqual({ ok: false, clientId: null, tenant: problem });
  });

  test('and a client id are judged each by itself', () => {
    expect(checkRegistration('x', 'y')).toEqual({ ok: false, clientId: 'not-a-guid', tenant: 'not-a-tenant' });
  });
});
