import { exchangeCapabilities } from '../standin/imap/imap-standin.ts';

/** What {@link dovecotConfig} is made from. */
export interface DovecotSettings {
  /** Everything of the server is under here; short, because of the 108 bytes of a Unix address. */
  readonly folder: string;
  /** The loopback address that it listens on. */
  readonly address: string;
  readonly port: number;
  /** Who it runs as: names, because Dovecot looks them up. */
  readonly user: string;
  readonly group: string;
  /** What a token's `aud` must be. */
  readonly audience: string;
  /** Of one person from one address; 0: any number. */
  readonly mostConnections: number;
  /** Mailboxes that everybody with an address of the same domain may open. */
  readonly sharedMailboxes: readonly string[];
}

/** Where the parts of a server's folder are. */
export function dovecotPaths(folder: string) {
  return {
    config: `${folder}/dovecot.conf`,
    oauth2: `${folder}/oauth2.conf`,
    sharedOauth2: `${folder}/oauth2-shared.conf`,
    /** One public key a file: `default/RS256/<kid>`. */
    keys: `${folder}/keys`,
    certificate: `${folder}/server.pem`,
    privateKey: `${folder}/server-key.pem`,
    mail: `${folder}/mail`,
    run: `${folder}/run`,
    state: `${folder}/state`,
    lmtpSocket: `${folder}/run/lmtp`,
  } as const;
}

/** The main configuration (https://doc.dovecot.org/2.3/settings/core/): IMAP over TLS, delivery by a LMTP socket. */
export function dovecotConfig(settings: DovecotSettings): string {
  const { folder, address, port, user, group, mostConnections, sharedMailboxes } = settings;
  const paths = dovecotPaths(folder);
  return `protocols = imap lmtp
listen = ${address}
base_dir = ${paths.run}
state_dir = ${paths.state}
instance_name = tidings-test
log_path = /dev/stderr
auth_verbose = yes

default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
mail_location = sdbox:~/mail
mail_access_groups = ${group}

ssl = required
ssl_min_protocol = TLSv1.2
ssl_cert = <${paths.certificate}
ssl_key = <${paths.privateKey}

auth_mechanisms = xoauth2
# A refusal is told at once: the tests mean its content, not Dovecot's patience with guessers.
auth_failure_delay = 0
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = ${paths.oauth2}
}
${sharedMailboxes.length === 0 ? '' : sharedPassdb(paths.sharedOauth2, sharedMailboxes)}userdb {
  driver = static
  # Without asking the passdb, which can't look anybody up who delivers no token: LMTP.
  args = allow_all_users=yes uid=${user} gid=${group} home=${paths.mail}/%Lu
}

namespace inbox {
  inbox = yes
  separator = /
${specialMailboxes.map(mailboxBlock).join('\n')}
}

protocol imap {
  # Exchange's, which knows neither CONDSTORE nor ESEARCH.
  imap_capability = ${exchangeCapabilities.join(' ')}
  mail_max_userip_connections = ${mostConnections}
}
# Where the machine's inotify instances run out, changes are looked for so often.
mailbox_idle_check_interval = 2 secs

service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service lmtp {
  unix_listener lmtp {
    mode = 0600
  }
}
service anvil {
  chroot =
  # Or each refused login would slow the next one by 4, 8, 15 s.
  unix_listener anvil-auth-penalty {
    mode = 0400
  }
}
`;
}

/** Asked after the owners' own: another's token, for these mailboxes only. */
function sharedPassdb(config: string, mailboxes: readonly string[]): string {
  return `passdb {
  driver = oauth2
  mechanisms = xoauth2
  username_filter = ${mailboxes.join(' ')}
  args = ${config}
}
`;
}

/** As {@link oauth2Config}, but of whom only the domain must be the mailbox's: Dovecot has no list of delegates. */
export function sharedOauth2Config(settings: DovecotSettings): string {
  return `${oauth2Config(settings)}username_format = %Ld
`;
}

/** Who gets in: the owner of a token that is in force, for this audience, with the IMAP scope. */
export function oauth2Config({ folder, audience }: DovecotSettings): string {
  return `introspection_mode = local
local_validation_key_dict = fs:posix:prefix=${dovecotPaths(folder).keys}/
username_attribute = upn
client_id = ${audience}
active_attribute = scp
active_value = IMAP.AccessAsUser.All
`;
}

/** As at Exchange (see the stand-in's `defaultMailboxes`). */
const specialMailboxes: readonly (readonly [name: string, specialUse: string])[] = [
  ['Sent Items', '\\Sent'],
  ['Drafts', '\\Drafts'],
  ['Deleted Items', '\\Trash'],
  ['Junk Email', '\\Junk'],
  ['Archive', '\\Archive'],
];

function mailboxBlock([name, specialUse]: readonly [string, string]): string {
  return `  mailbox "${name}" {\n    auto = subscribe\n    special_use = ${specialUse}\n  }`;
}
