import type { TokenReport } from '../../shared/token-report.ts';
import { factsOf } from './token-facts.ts';
import { readTokenText } from './token-text.ts';
import { findProblems, type TokenWish } from './token-verdict.ts';

/**
 * What a text, perhaps a token, is good for at a person's mailbox. Decides by what can be read alone: nothing is sent,
 * kept or logged, and no signature is checked. Never throws.
 */
export function inspectToken(text: string, wish: Omit<TokenWish, 'mailbox'>): TokenReport {
  const read = readTokenText(text);
  const { mailbox } = read;
  if (read.kind === 'opaque') return { verdict: { kind: 'opaque' }, facts: null, mailbox };
  if (read.kind === 'no-access-token') {
    return { verdict: { kind: 'no-access-token', what: read.what }, facts: null, mailbox };
  }
  const facts = factsOf(read.claims);
  if (facts.kind === 'id-token') return { verdict: { kind: 'no-access-token', what: 'id-token' }, facts, mailbox };
  const [problem, ...others] = findProblems(facts, { ...wish, mailbox });
  return { verdict: problem === undefined ? { kind: 'fits' } : { kind: 'unfit', problem, others }, facts, mailbox };
}
