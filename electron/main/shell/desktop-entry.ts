/** A program, and the words behind its name. */
export interface StartedProgram {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
}

/** The fields of a file's `[Desktop Entry]` group by their keys, unescaped. Null where there is no such group. */
export type DesktopEntry = ReadonlyMap<string, string>;

/**
 * The text of an autostart entry (freedesktop.org's Desktop Entry Specification 1.5 and Desktop Application Autostart
 * Specification). `TryExec` has the desktop pass it over, without a word, once the program is gone.
 */
export function autostartEntry(name: string, program: StartedProgram): string {
  const fields: readonly (readonly [key: string, value: string])[] = [
    ['Type', 'Application'],
    ['Name', escapeValue(name)],
    ['Exec', escapeValue(execLine(program))],
    ['TryExec', escapeValue(program.path)],
    ['Icon', 'tidings'],
    ['Terminal', 'false'],
    ['StartupNotify', 'false'],
    ['X-GNOME-Autostart-enabled', 'true'],
  ];
  return `[Desktop Entry]\n${fields.map(([key, value]) => `${key}=${value}\n`).join('')}`;
}

/** The value of `Exec` before the escapes that every string has: all words in quotes, so that none can be misread. */
export function execLine({ path, args }: StartedProgram): string {
  // GLib looks the program up before it takes the doubled percent sign for one (measured, 2.74): env isn't in its way.
  const words = path.includes('%') ? ['env', path, ...args] : [path, ...args];
  return words.map(execWord).join(' ');
}

/** "The Exec key": in quotes, `"`, backtick, `$` and backslash need a backslash; a percent sign is doubled anywhere. */
function execWord(word: string): string {
  const whole = word.replaceAll('%', '%%');
  if (/^[\w@+,.:/%-]+$/u.test(whole)) return whole;
  return `"${whole.replaceAll(/["`$\\]/gu, String.raw`\$&`)}"`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const meanings: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** "Possible value types", string. */
function escapeValue(value: string): string {
  const escaped = value.replaceAll(/[\\\n\r\t]/gu, (character) => escapes[character] ?? character);
  return escaped.startsWith(' ') ? `\\s${escaped.slice(1)}` : escaped;
}

export function parseDesktopEntry(text: string): DesktopEntry | null {
  const fields = new Map<string, string>();
  let group: string | null = null;
  for (const line of text.split(/\r?\n/u)) {
    const header = /^\[(?<name>[^\]]*)\]\s*$/u.exec(line)?.groups?.['name'];
    const pair = /^(?<key>[A-Za-z0-9-]+(?:\[[^\]]*\])?)\s*=\s*(?<value>.*)$/u.exec(line)?.groups;
    if (header !== undefined) group = header;
    else if (group === 'Desktop Entry' && pair !== undefined) {
      const value = pair['value'] ?? '';
      fields.set(
        pair['key'] ?? '',
        value.replaceAll(/\\(?<kind>[sntr\\])/gu, (whole, kind: string) => meanings[kind] ?? whole),
      );
    }
  }
  return fields.size === 0 && group === null ? null : fields;
}

/**
 * Whether a desktop would start what the entry names: neither removed (`Hidden`) nor switched off in GNOME's way,
 * which other desktops read too. `isProgram` answers for its `TryExec`.
 */
export async function isSwitchedOn(
  entry: DesktopEntry,
  isProgram: (tryExec: string) => Promise<boolean>,
): Promise<boolean> {
  if (entry.get('Hidden')?.trim() === 'true') return false;
  if (entry.get('X-GNOME-Autostart-enabled')?.trim() === 'false') return false;
  if (!entry.has('Exec')) return false;
  const tryExec = entry.get('TryExec');
  return tryExec === undefined || tryExec === '' || (await isProgram(tryExec));
}
