// Stands in for npm. NPM_STANDIN says what it does: `ok` installs, `fail` ends with 7 half-way, `hang`
// stops half-way and waits to be killed, `clear` does so before it has removed its notes. What it was called with goes to the file NPM_STANDIN_LOG. What it
// packs is the file NPM_STANDIN_PACKAGE.
import { appendFileSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [command, ...args] = process.argv.slice(2);
appendFileSync(process.env.NPM_STANDIN_LOG, `${command}\n`);

function writeTool() {
  mkdirSync('node_modules/oxfmt', { recursive: true });
  writeFileSync('node_modules/oxfmt/package.json', JSON.stringify({ bin: { oxfmt: 'tool.js' } }));
  writeFileSync('node_modules/oxfmt/tool.js', 'console.log("the tool ran on", process.env.MARK ?? "this Node");');
}

function installHalf() {
  rmSync('node_modules', { recursive: true, force: true });
  writeTool();
}

function install() {
  installHalf();
  const installed = { packages: { 'node_modules/oxfmt': { version: '1.0.0' } } };
  writeFileSync('node_modules/.package-lock.json', JSON.stringify(installed));
}

function pack() {
  const folder = args[args.indexOf('--pack-destination') + 1];
  const file = process.env.NPM_STANDIN_PACKAGE;
  if (file) copyFileSync(file, join(folder, 'package.tgz'));
  else writeFileSync(join(folder, 'package.tgz'), 'something else');
}

switch (process.env.NPM_STANDIN) {
  case 'ok':
    if (command === 'ci') install();
    else pack();
    break;
  case 'clear':
    rmSync('node_modules/oxfmt', { recursive: true });
    process.stderr.write('npm is half-way\n');
    setInterval(() => {}, 1_000_000);
    break;
  case 'hang':
    installHalf();
    process.stderr.write('npm is half-way\n');
    setInterval(() => {}, 1_000_000);
    break;
  default:
    installHalf();
    process.exit(7);
}
