import type { Translate } from '../../shared/locales/messages.ts';
import type { DoctorAnswer } from './doctor-desk.ts';

/** What a terminal shows of an answer, and the exit status: 0 all fine, 1 something is wrong, 2 nothing was examined. */
export function printedAnswer(
  answer: DoctorAnswer,
  isJson: boolean,
  appVersion: string,
): { readonly text: string; readonly status: 0 | 1 | 2 } {
  if (answer.kind === 'examined') return { text: isJson ? answer.json : answer.text, status: answer.isFine ? 0 : 1 };
  const json = { tidings: appVersion, ok: false, error: answer.text, accounts: [] };
  return { text: isJson ? JSON.stringify(json, null, 2) : answer.text, status: 2 };
}

/** What the Tidings that runs answered; null: nothing, as an older one does. */
export function parseAnswer(text: string | null, translate: Translate): DoctorAnswer {
  const noAnswer: DoctorAnswer = { kind: 'nothing', text: translate('doctor.terminal.noAnswer') };
  if (text === null) return noAnswer;
  try {
    const value: unknown = JSON.parse(text);
    return isAnswer(value) ? value : noAnswer;
  } catch {
    return noAnswer;
  }
}

function isAnswer(value: unknown): value is DoctorAnswer {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('text' in value)) return false;
  if (typeof value.text !== 'string') return false;
  if (value.kind === 'nothing') return true;
  return (
    value.kind === 'examined' &&
    'json' in value &&
    typeof value.json === 'string' &&
    'isFine' in value &&
    typeof value.isFine === 'boolean'
  );
}
