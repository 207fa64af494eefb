/** Where an IMAP server listens. Always implicit TLS (RFC 8314). */
export interface ImapEndpoint {
  readonly host: string;
  readonly port: number;
}

/**
 * Which app registration, cloud and mail server an account belongs to. Each account keeps the profile
 * it was added with. Field by field: docs/deployment-profile.md.
 */
export interface DeploymentProfile {
  /** Application (client) id of the app registration; null until somebody provides one. */
  readonly clientId: string | null;
  /** `https://host[:port]/tenant`, tenant being a GUID, a domain, `common`, `organizations` or `consumers`. */
  readonly authority: string;
  /** Hosts (`host` or `host:port`) that MSAL takes as authorities without asking Microsoft. */
  readonly knownAuthorities: readonly string[];
  /** The resource the IMAP scope belongs to, e.g. `https://outlook.office.com`. */
  readonly resource: string;
  readonly imap: ImapEndpoint;
  /** Absolute path of a PEM file whose certificates are trusted besides the system's; null for none. */
  readonly extraCaFile: string | null;
}

/**
 * Some fields of a profile, as a file or the settings give them, and how connections leave the network (`proxy`), which
 * is the computer's and no account's.
 */
export interface ProfileLayer extends Partial<DeploymentProfile> {
  /** `system`, `none`, or a proxy's address such as `http://user@proxy.example:8080`; never a password. */
  readonly proxy?: string;
}
