import type { AppErrorInfo } from '../electron/shared/app-error.ts';

/** A fact about an error; its label is `window.details.<label>`. */
export interface ErrorFact {
  readonly label: 'code' | 'aadsts' | 'correlationId' | 'traceId' | 'time' | 'detail';
  readonly value: string;
}

/** What an administrator or a maintainer needs to look the error up, in the order of its use. */
export function errorFacts(error: AppErrorInfo, formatTime: (at: number) => string): readonly ErrorFact[] {
  const facts: ErrorFact[] = [{ label: 'code', value: error.code }];
  if (error.aadsts !== undefined) {
    facts.push({ label: 'aadsts', value: `AADSTS${error.aadsts}` });
  }
  if (error.correlationId !== undefined) {
    facts.push({ label: 'correlationId', value: error.correlationId });
  }
  if (error.traceId !== undefined) {
    facts.push({ label: 'traceId', value: error.traceId });
  }
  facts.push({ label: 'time', value: formatTime(error.at) });
  if (error.detail !== undefined) {
    facts.push({ label: 'detail', value: error.detail });
  }
  return facts;
}

const plainLabels = {
  code: 'Error',
  aadsts: 'AADSTS number',
  correlationId: 'Correlation id',
  traceId: 'Trace id',
  time: 'Time (UTC)',
  detail: 'Message',
} as const;

/** The facts as text for the clipboard: in English and UTC, since whoever looks them up may live elsewhere. */
export function errorReport(error: AppErrorInfo, appVersion: string): string {
  const facts = errorFacts(error, (at) => new Date(at).toISOString());
  const lines = facts.map(({ label, value }) => `${plainLabels[label]}: ${value}`);
  return [`Tidings ${appVersion}`, ...lines].join('\n');
}
