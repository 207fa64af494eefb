import { describeSilentChromium } from './silent-chromium.ts';

describeSilentChromium('the built app');
