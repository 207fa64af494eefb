import { describeTakenOverWindow } from './taken-over-window.ts';

describeTakenOverWindow('the built app');
