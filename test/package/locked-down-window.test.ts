import { describeSilentChromium } from '../e2e/silent-chromium.ts';
import { describeTakenOverWindow } from '../e2e/taken-over-window.ts';
import { copyPackage, programIn } from './locked-down-app.ts';

/** With the release's fuses and archive: it differs from this build in one constant (builds.test.ts). */
const program = (session: Parameters<typeof copyPackage>[1]) => programIn(copyPackage('e2e', session));

describeTakenOverWindow('the packed app', { program });
describeSilentChromium('the packed app', { program });
