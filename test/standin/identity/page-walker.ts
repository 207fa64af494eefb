import type { StandinPerson } from '../people.ts';

/** A button of a form: its visible words, and what it adds to the form. */
interface WalkedButton {
  readonly words: string;
  readonly name: string | null;
  readonly value: string;
}

/** A page as somebody without scripts meets it: words to read, fields to fill and buttons to press. */
export interface WalkedPage {
  readonly url: string;
  readonly status: number;
  readonly heading: string;
  /** All visible words. */
  readonly text: string;
  readonly buttons: readonly string[];
  readonly headers: Headers;
  /** Presses the first button whose words contain `words`, with `fields` filled in; rejects when there is none. */
  press(words: string, fields?: Readonly<Record<string, string>>): Promise<WalkedPage>;
}

/** Opens an address of the stand-in's pages and reads what comes, without a browser. */
export async function openPage(url: string, signal?: AbortSignal): Promise<WalkedPage> {
  return readPage(await fetch(url, signal === undefined ? {} : { signal }));
}

/**
 * Walks the whole sign-in at `authorizeUrl` as one of the people and posts the answer to the app. Resolves with the
 * page that the app's loopback listener shows, or with the page where it ended before.
 */
export async function walkSignIn(
  authorizeUrl: string,
  person: StandinPerson,
  consent: 'accept' | 'refuse' = 'accept',
): Promise<WalkedPage> {
  let page = await openPage(authorizeUrl);
  if (page.buttons.some((words) => words.includes(person.address))) page = await page.press(person.address);
  if (page.buttons.includes('Accept')) page = await page.press(consent === 'accept' ? 'Accept' : 'Cancel');
  return page.buttons.includes('Continue') ? page.press('Continue') : page;
}

async function readPage(response: Response): Promise<WalkedPage> {
  const source = await response.text();
  // A form without content only lends its address to a button of another.
  const form = /<form\b([^>]*)>((?!<\/form>).+?)<\/form>/s.exec(source);
  const inside = form?.[2] ?? '';
  const buttons = [...inside.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)].map(
    ([, attributes = '', content = '']): WalkedButton => ({
      words: wordsOf(content),
      name: attributeOf(attributes, 'name'),
      value: attributeOf(attributes, 'value') ?? '',
    }),
  );
  return {
    url: response.url,
    status: response.status,
    heading: wordsOf(/<h1>(.*?)<\/h1>/s.exec(source)?.[1] ?? ''),
    text: wordsOf(source.replace(/^.*<body>|<script\b.*?<\/script>/gs, '')),
    buttons: buttons.map(({ words }) => words),
    headers: response.headers,
    press: async (words, fields = {}) => {
      const button = buttons.find((candidate) => candidate.words.includes(words));
      if (button === undefined) throw new Error(`The page has no button '${words}': ${wordsOf(source)}`);
      const body = new URLSearchParams(fieldsOf(inside));
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      if (button.name !== null) body.set(button.name, button.value);
      const action = attributeOf(form?.[1] ?? '', 'action') ?? '';
      return readPage(await fetch(new URL(action, response.url), { method: 'POST', body }));
    },
  };
}

function fieldsOf(form: string): [string, string][] {
  return [...form.matchAll(/<input\b([^>]*)>/g)].map(([, attributes = '']) => [
    attributeOf(attributes, 'name') ?? '',
    attributeOf(attributes, 'value') ?? '',
  ]);
}

function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
  return found === undefined ? null : unescapeText(found);
}

function wordsOf(markup: string): string {
  return unescapeText(markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).trim();
}

function unescapeText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
