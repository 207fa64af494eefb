/** When the tokens below were written, ms since the epoch. */
export const writtenAt = Date.UTC(2026, 10, 21, 9, 0, 0);

/** A JWT with these claims and a signature that nobody made. */
export function tokenOf(claims: object, header: object = { alg: 'RS256', typ: 'JWT', kid: 'k' }): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
}

/** The claims of a work account's token for the mailbox (version 1, as Exchange's are), an hour to go. */
export const personClaims = {
  aud: 'https://outlook.office.com',
  iss: 'https://sts.windows.net/3d5c7f0e-2b64-4d0a-8c39-6a9de0b4c501/',
  iat: writtenAt / 1000,
  nbf: writtenAt / 1000,
  exp: writtenAt / 1000 + 3600,
  appid: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  idtyp: 'user',
  oid: '5e1f0a53-7c1d-4a53-9a0e-1d6a4c1f7b01',
  scp: 'IMAP.AccessAsUser.All',
  sub: 'pairwise',
  tid: '3d5c7f0e-2b64-4d0a-8c39-6a9de0b4c501',
  upn: 'ada@contoso.example',
  ver: '1.0',
};

/** The claims of a token by `client_credentials` with `.default`: the case that this program began with. */
export const appClaims = {
  aud: 'https://outlook.office365.com',
  iss: personClaims.iss,
  iat: personClaims.iat,
  nbf: personClaims.nbf,
  exp: personClaims.exp,
  appid: personClaims.appid,
  idtyp: 'app',
  oid: '0f5a1f0c-6f6e-4c37-8f3c-3b1f2a9c8d01',
  sub: '0f5a1f0c-6f6e-4c37-8f3c-3b1f2a9c8d01',
  tid: personClaims.tid,
  ver: '1.0',
};
