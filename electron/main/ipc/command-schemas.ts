import { z } from 'zod';
import type { CommandArgs, CommandName } from '../../shared/commands.ts';
import { maxAddressLength } from '../../shared/shared-mailbox.ts';
import { maxTokenTextLength } from '../../shared/token-report.ts';

const nothing = z.strictObject({});
const id = z.string().min(1).max(128);

/** The longest text for the clipboard, in UTF-16 units. */
export const maxClipboardLength = 4096;
/** The longest text of an error page, in UTF-16 units: one with its address has about 5,000. */
export const maxPastedLength = 20_000;

/**
 * What main takes from a window, checked against the contract in electron/shared/commands.ts. Objects are strict and
 * every text has a limit: a window that has been taken over gets nothing else in.
 */
const schemas = {
  'account.signIn': nothing,
  'account.signInAgain': z.strictObject({ accountId: id }),
  'account.remove': z.strictObject({ accountId: id }),
  'account.checkNow': z.strictObject({ accountId: id.nullable() }),
  // What an address looks like is electron/shared/shared-mailbox.ts' to say.
  'account.addSharedMailbox': z.strictObject({ accountId: id, address: z.string().max(maxAddressLength) }),
  'mailbox.remove': z.strictObject({ mailboxId: id }),
  'mailbox.setMuted': z.strictObject({ mailboxId: id, muted: z.boolean() }),
  'signIn.cancel': nothing,
  'signIn.dismiss': nothing,
  'signIn.addOther': nothing,
  'signIn.explain': z.strictObject({ text: z.string().max(maxPastedLength) }),
  'signIn.lookUp': z.strictObject({ aadsts: z.string().regex(/^\d{4,8}$/u) }),
  'approval.ask': z.strictObject({ address: z.string().max(320).nullable(), accountId: id.nullable() }),
  'approval.checkAgain': z.strictObject({ approvalId: id }),
  'approval.remove': z.strictObject({ approvalId: id }),
  'approval.mail': z.strictObject({ approvalId: id }),
  'approval.openPage': z.strictObject({ approvalId: id }),
  // What a client id and a tenant look like is the profile's to say, with words for the person; here is the size only.
  'registration.useClientId': z.strictObject({ clientId: z.string().max(200), tenant: z.string().max(253).nullable() }),
  'registration.openFile': nothing,
  'vault.retry': nothing,
  'vault.useSessionOnly': nothing,
  'notice.dismiss': z.strictObject({ noticeId: id }),
  'settings.setNotificationDetail': z.strictObject({ detail: z.enum(['full', 'sender-only', 'count-only']) }),
  'settings.setLanguage': z.strictObject({ language: z.enum(['system', 'en', 'zh-CN']) }),
  'settings.setStartAtLogin': z.strictObject({ enabled: z.boolean() }),
  'network.useProxy': z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.enum(['system', 'none']) }),
    z.strictObject({
      mode: z.literal('manual'),
      address: z.string().max(400),
      user: z.string().max(200),
      password: z.string().max(1_000),
    }),
  ]),
  'network.check': nothing,
  'app.removeEverything': z.strictObject({ leaveTokens: z.boolean() }),
  'clipboard.write': z.strictObject({ text: z.string().max(maxClipboardLength) }),
  'doctor.examine': z.strictObject({ accountId: id }),
  'doctor.cancel': z.strictObject({ accountId: id }),
  'doctor.copy': z.strictObject({ accountId: id, format: z.enum(['text', 'json']), showAddresses: z.boolean() }),
  'link.open': z.strictObject({
    link: z.enum([
      'entra-app-registrations',
      'azure-cli-install',
      'client-id-guide',
      'revoke-consent-personal',
      'revoke-consent-work',
      'outlook-web',
    ]),
    accountId: id.exactOptional(),
  }),
  'token.inspect': z.strictObject({ text: z.string().max(maxTokenTextLength), accountId: id.nullable() }),
  'account.inspectToken': z.strictObject({ accountId: id }),
} satisfies { readonly [N in CommandName]: z.ZodType<CommandArgs<N>> };

type Taken = { readonly [N in CommandName]: z.output<(typeof schemas)[N]> };
type Promised = { readonly [N in CommandName]: CommandArgs<N> };

/** `satisfies` above proves that nothing else is taken; this, that nothing promised is refused. */
type EverythingPromisedIsTaken = Promised extends Taken ? true : never;
const everythingPromisedIsTaken: EverythingPromisedIsTaken = true;
void everythingPromisedIsTaken;

/** The schema of each command's arguments. */
export const commandSchemas: { readonly [N in CommandName]: z.ZodType<CommandArgs<N>> } = schemas;

/** Whether a text from a window names a command; `constructor` and its like don't. */
export function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commandSchemas, name);
}
