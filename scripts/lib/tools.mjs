import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';

const packages = { tsc: 'typescript' };

/**
 * How to start a tool out of node_modules with this Node. By its script, not by node_modules/.bin: those
 * are shell files on Windows.
 */
export function tool(name, args) {
  const folder = join(projectRoot, 'node_modules', packages[name] ?? name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const script = join(folder, typeof bin === 'string' ? bin : bin[name]);
  return { command: process.execPath, args: [script, ...args] };
}
