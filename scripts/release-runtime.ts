// `node scripts/release-runtime.ts`: ends with 1 unless the set-up installed Electron's official runtime.
import { resolveElectronRuntime } from './lib/electron-runtime.mjs';

const { kind, version } = resolveElectronRuntime();
process.stdout.write(`Electron ${version}: ${kind}\n`);
process.exitCode = kind === 'official' ? 0 : 1;
