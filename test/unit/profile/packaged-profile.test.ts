import { describe, expect, it } from 'vitest';
import { parsePackagedProfile } from '../../../electron/main/profile/packaged-profile.ts';

const clientId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

describe('the profile that a build is given', () => {
  it.each([undefined, '', '{}'])('may be none: %j', (text) => {
    expect(parsePackagedProfile(text)).toEqual({});
  });

  it('is what the publisher said, in one form', () => {
    expect(parsePackagedProfile(JSON.stringify({ clientId: clientId.toUpperCase() }))).toEqual({ clientId });
  });

  it.each([
    ['{"clientId"', /TIDINGS_PACKAGED_PROFILE: is not valid JSON/u],
    ['[]', /must be an object.*TIDINGS_PACKAGED_PROFILE/u],
    ['"x"', /must be an object.*TIDINGS_PACKAGED_PROFILE/u],
    [JSON.stringify({ clientID: clientId }), /clientID: is not a field.*TIDINGS_PACKAGED_PROFILE/u],
    [JSON.stringify({ clientId, imap: { port: 993 } }), /imap\.host: must be text.*TIDINGS_PACKAGED_PROFILE/u],
  ])('stops the build when it is wrong: %s', (text, message) => {
    expect(() => parsePackagedProfile(text)).toThrow(message);
  });
});
