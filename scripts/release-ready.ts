// `node scripts/release-ready.ts <tag>`: ends with 1 and the reasons where a tag must not become a release.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packagedProfileVariable } from '../electron/main/profile/packaged-profile.ts';
import { releaseProblems } from './release-problems.ts';

const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
const { version } = z.object({ version: z.string() }).parse(manifest);
const packagedProfile = process.env[packagedProfileVariable];
const problems = releaseProblems({ tag: process.argv[2] ?? '', version, packagedProfile });
for (const problem of problems) process.stderr.write(`no release: ${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
