import type { CommandContext } from './commands/command-context.ts';
import type { ImapEventFacts } from './event-log.ts';
import type { CutKind, RefusalStyle } from './faults.ts';
import { SessionClosed } from './line-queue.ts';
import type { SessionWorld } from './session-world.ts';
import type { MailboxTree } from './store/mailbox-tree.ts';
import { CommandError } from './syntax/command-error.ts';

/** What a good token opens. */
export interface OpenedMailboxes {
  readonly tree: MailboxTree;
  /** ms since the epoch. */
  readonly tokenEndsAt: number;
  /** How the connection is to be cut after the answer; null for not at all. */
  readonly cut: CutKind | null;
}

/** Checks a user's token, with the faults that are ordered for sign-ins. Throws NO where it is refused. */
export async function openMailboxes(
  world: SessionWorld,
  channel: Pick<CommandContext, 'send' | 'readLine'>,
  user: string,
  token: string,
  record: (facts: ImapEventFacts) => void,
): Promise<OpenedMailboxes> {
  const { faults, refusalStyle } = world;
  const refuse = async (reason: string, style: RefusalStyle): Promise<never> => {
    record({ kind: 'login-refused', reason });
    if (style === 'json') {
      channel.send(`+ ${jsonChallenge}`);
      await channel.readLine();
    }
    throw new CommandError('NO', 'AUTHENTICATE failed.');
  };
  const verdict = await world.checkToken(user, token);
  const answer = faults.take('answer', user, ({ command }) => command === 'AUTHENTICATE');
  if (answer !== null) {
    record({ kind: 'login-refused', reason: 'ordered' });
    throw new CommandError(answer.status, answer.text);
  }
  const bye = faults.take('bye', user, ({ command }) => command === 'AUTHENTICATE');
  if (bye !== null) {
    record({ kind: 'login-refused', reason: 'ordered' });
    channel.send(`* BYE ${bye.text}`);
    throw new SessionClosed();
  }
  const refusal = faults.take('refuse-login', user);
  if (refusal !== null) {
    return refuse('ordered', refusal.style);
  }
  if (verdict.kind === 'refused') {
    return refuse(verdict.reason, refusalStyle);
  }
  const tree = world.findTree(user);
  if (tree === null) {
    return refuse('no such mailbox', refusalStyle);
  }
  return { tree, tokenEndsAt: verdict.expiresAt, cut: faults.take('close-after-login', user)?.how ?? null };
}

/** What Google's description of XOAUTH2 has a server say before its NO; the client answers with an empty line. */
const jsonChallenge = Buffer.from(
  JSON.stringify({
    status: '400',
    schemes: 'Bearer',
    scope: 'https://outlook.office.com/IMAP.AccessAsUser.All',
  }),
).toString('base64');
