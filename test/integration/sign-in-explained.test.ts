import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { explain, explainedNumbers } from '../../electron/main/auth/error-table.ts';
import { explainPasted } from '../../electron/main/auth/pasted-error.ts';
import { openPage, walkSignIn } from '../standin/identity/page-walker.ts';
import { ada } from '../standin/people.ts';
import { type Bench, failureOf, type Run, signIn, startAbandoned, startBench } from './auth-bench.ts';

/** One number of each explanation, and one that nobody knows. */
const oneOfEach = [
  ...new Map(explainedNumbers.map((number) => [explain(number, 'sign-in-refused').explanation, number])).values(),
  '1234567',
];
const all = [...explainedNumbers, '1234567'];
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

describe('every refusal is explained, with correlation id and time', () => {
  let bench: Bench;
  let run: Run;

  beforeAll(async () => {
    bench = await startBench();
    run = bench.start();
  });

  afterAll(async () => {
    await bench.dispose();
  });

  it('when it stays on the page, from all that the page says', async () => {
    const controller = new AbortController();
    const { authorizeUrl, running } = await startAbandoned(bench, controller);
    for (const number of all) {
      bench.identity.order({ at: 'authorize', kind: 'error-page', aadsts: Number(number) });
      const { text } = await openPage(authorizeUrl.href);
      const said = explainPasted(text, Date.now());
      expect([number, said]).toEqual([
        number,
        {
          ...explain(number, 'sign-in-refused'),
          aadsts: number,
          at: expect.closeTo(Date.now(), -5),
          correlationId: expect.stringMatching(guid),
          traceId: expect.stringMatching(guid),
          detail: expect.stringContaining(`AADSTS${number}: `),
        },
      ]);
    }
    controller.abort();
    expect((await failureOf(running)).info.code).toBe('sign-in-cancelled');
  });

  it.each(all)('when it comes back to the app from the page: %s', async (number) => {
    bench.identity.order({ at: 'authorize', kind: 'returned', aadsts: Number(number) });
    await isSaid(number);
  });

  it.each(oneOfEach)('when the token endpoint gives it: %s', async (number) => {
    bench.identity.order({ at: 'token', kind: 'refused', aadsts: Number(number) });
    await isSaid(number);
  });

  async function isSaid(number: string): Promise<void> {
    bench.browser = (url) => walkSignIn(url, ada);
    const { info } = await failureOf(signIn(bench, run.auth));
    expect(info).toMatchObject({ aadsts: number, at: expect.any(Number), correlationId: expect.stringMatching(guid) });
    // A number that nobody knows leaves the words to the OAuth error.
    expect(info.explanation).toBe(explain(number, info.code).explanation);
    expect(info.explanation !== undefined || info.who !== undefined).toBe(true);
  }
});
