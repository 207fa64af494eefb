import type { AppErrorInfo } from '../../shared/app-error.ts';
import { safeDetail } from './error-detail.ts';
import { codeOfWord, explain } from './error-table.ts';

/** Most UTF-16 units looked at: an error page with its address has about 5,000. */
const maxPastedLength = 20_000;

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** What may stand between a label and its value: `: `, `=`, `":["`. */
const gap = String.raw`[\s:="'[\]]{0,8}`;

const aadstsNumber = /AADSTS\s?(\d{4,8})(?!\d)/iu;
const labelledNumber = new RegExp(String.raw`(?:error[ _-]?codes?|错误代码|錯誤碼)${gap}(\d{4,8})(?!\d)`, 'iu');
/** Microsoft's own page about a number: https://login.microsoftonline.com/error?code=65001 */
const lookUpNumber = /\/error\?(?:[^\s#]{0,200}&)?code=(\d{4,8})(?!\d)/iu;
const bareNumber = /^[#\s]*(\d{4,8})[\s.]*$/u;
const correlationId = new RegExp(
  `(?:correlation[ _-]?id|client-request-id|相关\\s?id|关联\\s?id)${gap}(${guid})`,
  'iu',
);
const traceId = new RegExp(`(?:trace[ _-]?id|(?<!client-)request[ _-]?id|请求\\s?id|跟踪\\s?id)${gap}(${guid})`, 'iu');
const timestamp = new RegExp(
  String.raw`(?:timestamp|时间戳)${gap}(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})?\s?Z`,
  'iu',
);
const oauthWord = /(?:[?&#]error=|"error"\s{0,3}:\s{0,3}"|^)([a-z]{3,20}(?:_[a-z]{2,20}){1,3})(?![a-z_])/u;
/** The headings of the page that has no number unless its details are opened. */
const approvalPage =
  /(?:need|needs|require|requires) (?:an )?admin(?:istrator)?(?:[’']s)? approval|approval required|需要管理员批准|需要管理員核准/iu;
/** Microsoft's sentence, up to its ids. */
const sentence = /AADSTS\s?\d{4,8}\s{0,3}:[^\n&"<]{1,2000}/iu;
const sentenceEnd = /\s*(?:(?:Trace|Request|Correlation) ID|Timestamp)\b/iu;

/** An hour and a day: clocks differ, pages stay open. */
const oldestAt = Date.UTC(2015, 0);
const dayMs = 86_400_000;

/**
 * What Microsoft's page said, from what a person took from it: its number, its text, its address, or all of it. Null
 * where nothing in it says what happened. Keeps number, ids, time and sentence, and nothing else of the text, so that
 * a code or token in an address goes no further. `now` in ms since the epoch; the page's own time counts where it has
 * one, since an administrator's log goes by it.
 */
export function explainPasted(raw: string, now: number): AppErrorInfo | null {
  const text = readable(raw.slice(0, maxPastedLength));
  const words = wordsFor(text);
  if (words === null) return null;
  const correlation = correlationId.exec(text)?.[1]?.toLowerCase();
  const trace = traceId.exec(text)?.[1]?.toLowerCase();
  const detail = safeDetail((sentence.exec(text)?.[0] ?? '').split(sentenceEnd, 1)[0] ?? '');
  return {
    ...words,
    at: timeIn(text, now) ?? now,
    ...(correlation !== undefined && { correlationId: correlation }),
    ...(trace !== undefined && { traceId: trace }),
    ...(detail !== '' && { detail }),
  };
}

function wordsFor(text: string): Omit<AppErrorInfo, 'at'> | null {
  const word = oauthWord.exec(text)?.[1];
  const code = word === undefined ? null : codeOfWord(word);
  const aadsts = numberIn(text);
  if (aadsts !== null) return { ...explain(aadsts, code ?? 'sign-in-refused'), aadsts };
  if (approvalPage.test(text)) {
    return { code: 'admin-approval-needed', explanation: 'admin-approval', who: 'administrator' };
  }
  return code === null ? null : explain(null, code);
}

function numberIn(text: string): string | null {
  for (const pattern of [aadstsNumber, labelledNumber, lookUpNumber, bareNumber]) {
    const number = pattern.exec(text)?.[1];
    if (number !== undefined) return number;
  }
  return null;
}

function timeIn(text: string, now: number): number | null {
  const [, day, time] = timestamp.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}Z`);
  return at >= oldestAt && at <= now + dayMs ? at : null;
}

/** Without the escapes of addresses and of JSON; full-width digits and colons as plain ones. */
function readable(raw: string): string {
  const isAddress = /https?:\/\/\S{0,2000}[?#]/u.test(raw);
  const spaced = isAddress ? raw.replaceAll('+', ' ') : raw;
  // An address within an address is escaped twice.
  return decoded(decoded(spaced))
    .replaceAll(/\\r\\n|\\n/gu, '\n')
    .normalize('NFKC')
    .trim();
}

function decoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/giu, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}
