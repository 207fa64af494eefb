import { type DoctorRun, doctorStepNames } from '../../shared/doctor.ts';
import { type DoctorLanguage, factsWords, findingWords, remarkWords } from '../../shared/doctor-words.ts';
import { redactText } from '../redact.ts';

/** What a result is made with. */
export interface ReportOptions {
  readonly appVersion: string;
  /** Else all but the first letter of an address' name is left out, and commands name none. */
  readonly showAddresses: boolean;
}

/**
 * By what can't be in a name rather than by what can: letters of all scripts have marks, and whoever writes o’neil writes
 * it in more than one way.
 */
const addressPattern = /([^\s"<>@=:,;()]+|"[^"\n]*")@(?=\S)/gu;
/** A letter with its marks, after what may stand before an address. */
const beginning = /^[^\p{L}\p{N}]*(?:[\p{L}\p{N}]\p{M}*)?/u;

/** `ada.lovelace@example.org` becomes `a***@example.org`, wherever it stands. */
export function hideAddresses(text: string): string {
  return text.replace(addressPattern, (_address, name: string) => `${beginning.exec(name)?.[0] ?? ''}***@`);
}

/** What a command names a mailbox by where its address isn't to be told. */
const anyMailbox = '<mailbox address>';

/** A result to read and to send: what was checked, what it took, what is wrong and what to do. No token in it. */
export function reportText(runs: readonly DoctorRun[], words: DoctorLanguage, options: ReportOptions): string {
  const text = runs.map((run) => runText(run, words, options)).join('\n\n');
  return options.showAddresses ? text : hideAddresses(text);
}

const marks = { passed: 'ok', failed: 'FAILED', running: '…' } as const;

function runText(run: DoctorRun, words: DoctorLanguage, { appVersion, showAddresses }: ReportOptions): string {
  const { translate } = words;
  const lines = [
    translate('doctor.headline', { address: run.address, server: run.server }),
    `Tidings ${appVersion}, ${new Date(run.startedAt).toISOString()}`,
    '',
  ];
  for (const step of run.steps) {
    const time = step.kind === 'running' ? '' : ` (${translate('doctor.took', { ms: `${step.ms}` })})`;
    lines.push(`${marks[step.kind]}  ${translate(`doctor.step.${step.name}`)}${time}`);
    if (step.kind === 'running') continue;
    if (step.facts !== null) lines.push(...indent(factsWords(step.facts, words)));
    if (step.kind === 'passed') {
      lines.push(...indent(step.remarks.map((remark) => `! ${remarkWords(remark, words)}`)));
      continue;
    }
    const identity = showAddresses ? run.address : anyMailbox;
    const { title, action, command, more, alsoPossible } = findingWords(step.finding, run.address, words, identity);
    lines.push(...indent([title, action, ...(command === null ? [] : [command]), ...more]));
    if (alsoPossible.length > 0) lines.push(...indent([translate('doctor.alsoPossible')]));
    lines.push(...indent(indent(alsoPossible.map((possibility) => `- ${possibility}`))));
  }
  lines.push('', translate(`doctor.state.${run.state}`));
  return lines.map((line) => (line === '' ? line : redactText(line))).join('\n');
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `      ${line}`);
}

/** The same for a program: an object with `accounts`. Times in ms, moments in ms since the epoch. */
export function reportJson(runs: readonly DoctorRun[], { appVersion, showAddresses }: ReportOptions): string {
  const report = {
    tidings: appVersion,
    steps: doctorStepNames,
    ok: runs.length > 0 && runs.every(({ state }) => state === 'fine'),
    accounts: runs,
  };
  const clean = (_key: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const masked = redactText(value);
    return showAddresses ? masked : hideAddresses(masked);
  };
  return JSON.stringify(report, clean, 2);
}
