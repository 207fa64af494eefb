// The way in for every npm script: `node scripts/setup.mjs <command> [arguments]` installs what the command
// needs and lacks, then runs it. Plain JavaScript without dependencies, because on a fresh clone this is
// run by the machine's own Node before there is anything else.
import { ensureDependencies } from './lib/dependencies.mjs';
import { commands } from './lib/commands.mjs';
import { continueOnProjectNode } from './lib/project-node.mjs';
import { requireSandbox } from './lib/sandbox.mjs';
import { say, SetupError } from './lib/say.mjs';
import { surroundings } from './lib/surroundings.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';
import { ensureElectronRuntime } from './lib/electron-runtime.mjs';

async function main([name, ...args]) {
  const command = commands[name];
  if (!command)
    throw new SetupError(`there is no command "${name ?? ''}". There are: ${Object.keys(commands).join(', ')}`);
  const here = surroundings();
  // Before anything is installed for what won't run.
  const refusal = command.refusal?.(here) ?? null;
  if (refusal !== null) throw new SetupError(refusal);
  await ensureDependencies();
  const elsewhere = await continueOnProjectNode();
  if (elsewhere !== null) return elsewhere;
  await ensureSystemPackages(command.system(args, here));
  const runtime = command.electron ? await ensureElectronRuntime() : null;
  if (runtime && command.runsApp !== false) requireSandbox(runtime);
  return command.run({ args, runtime });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(`STOPPED: ${error.message}`);
  process.exitCode = 1;
}
