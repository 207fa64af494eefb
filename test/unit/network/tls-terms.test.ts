import { expect, it } from 'vitest';
import { tlsTerms } from '../../../electron/main/network/tls-terms.ts';
import { createThrowAwayCa } from '../../standin/ca.ts';

const pemOf = async (): Promise<string> => (await createThrowAwayCa()).caPem;

it('is the same for connections that trust the same authorities, and another’s for others', async () => {
  const [company, other] = [await pemOf(), await pemOf()];
  const first = tlsTerms([company, other]).secureContext;
  expect(tlsTerms([company, other]).secureContext).toBe(first);
  expect(tlsTerms([company]).secureContext).not.toBe(first);
  expect(tlsTerms([other]).secureContext).not.toBe(tlsTerms([company]).secureContext);
  expect(tlsTerms(undefined).secureContext).toBe(tlsTerms(undefined).secureContext);
  expect(tlsTerms(undefined).secureContext).not.toBe(first);
});

it('keeps what is in use, and not every list there ever was', async () => {
  const inUse = await pemOf();
  const kept = tlsTerms([inUse]).secureContext;
  const once = await pemOf();
  const gone = tlsTerms([once]).secureContext;
  for (let list = 0; list < 6; list += 1) {
    tlsTerms([await pemOf()]);
    expect(tlsTerms([inUse]).secureContext).toBe(kept);
  }
  expect(tlsTerms([once]).secureContext).not.toBe(gone);
});
