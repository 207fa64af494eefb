/** The demo: `npm run demo`. What it shows: docs/demo.md. */
import { fileURLToPath } from 'node:url';

import { runDemoByItself } from './demo/demo-by-itself.ts';
import { runDemoOnDisplay } from './demo/demo-on-display.ts';
import { demoUsage, hasDisplay, parseDemoOptions } from './demo/demo-options.ts';

const write = (text: string): void => void process.stdout.write(text);

async function main(): Promise<number> {
  const projectFolder = fileURLToPath(new URL('..', import.meta.url));
  const options = parseDemoOptions(process.argv.slice(2), {
    hasDisplay: hasDisplay(process.env, process.platform),
    projectFolder,
  });
  if (options === null) {
    write(`${demoUsage}\n`);
    return 0;
  }
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);
  const common = { verbose: options.verbose, write, signal: interrupted.signal };
  return options.kind === 'by-itself'
    ? await runDemoByItself({ ...common, out: options.out })
    : await runDemoOnDisplay({ ...common, appArgs: options.appArgs });
}

try {
  process.exitCode = await main();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The demo failed: ${reason}\n`);
  process.exitCode = 1;
}
