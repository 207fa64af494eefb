// Run after every `npm install` that changed the lock file: `npm run complete-lock`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { completeLock } from './lib/lock-file.mjs';
import { projectRoot } from './lib/paths.mjs';

const file = resolve(process.argv[2] ?? join(projectRoot, 'package-lock.json'));
const { lock, added } = completeLock(JSON.parse(readFileSync(file, 'utf8')));
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(added.length > 0 ? `added ${added.length} packages of other systems\n` : 'complete\n');
