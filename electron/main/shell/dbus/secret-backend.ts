/**
 * Whether libsecret, in a program with this environment, keeps what it is given at the session bus's Secret Service. It
 * keeps it elsewhere where `SECRET_BACKEND` names something else, such as `file` (libsecret 0.19 or later,
 * secret-backend.c); what the bus has to offer is then somebody else's.
 */
export function usesSecretService(env: Readonly<Record<string, string | undefined>>): boolean {
  return ['', 'service'].includes(env['SECRET_BACKEND'] ?? '');
}
