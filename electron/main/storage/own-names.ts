const fileName =
  /^(?:(?:settings|mailboxes|sign-ins|window)(?:\.(?:damaged|newer)-[\dT-]+)?\.json(?:\.tmp)?|doctor\.pid)$/u;
const folderNames: ReadonlySet<string> = new Set(['tokens', 'logs']);

/** Whether a name in the data folder is one that `appPaths`, `writeFileAtomically` or `setAside` gives. */
export function isOwnName(name: string): boolean {
  return fileName.test(name) || folderNames.has(name);
}
