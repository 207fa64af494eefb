import type { StandinPerson } from '../standin/people.ts';
import type { World } from '../standin/world.ts';

/**
 * Has the app renew the person's token, as it does when the mail server refuses one: resolves when the identity
 * provider has answered, whatever it said.
 */
export async function renewToken({ identity, imap }: Pick<World, 'identity' | 'imap'>, { address }: StandinPerson) {
  const after = identity.log.requests.length;
  imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 1 });
  imap.cut('fin', { address });
  await identity.log.waitFor(
    // Nobody's, where the refresh token is refused.
    ({ address: whose, grant, outcome }) =>
      grant === 'refresh_token' && (whose === address || whose === null) && outcome?.kind === 'answered',
    { after },
  );
}
