import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { TestProject } from 'vitest/node';

import { buildRenderer } from './renderer-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of one run of the tests: {@link rendererOfRun} builds there. */
    readonly rendererFolder: string;
  }
}

/** For Vitest: gives the run a folder, which only takes a renderer when a test wants one. */
export function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-renderer-'));
  provide('rendererFolder', folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The folder of the built renderer: whichever file of tests asks first builds it, the others wait. */
export async function rendererOfRun(folder: string): Promise<string> {
  const built = join(folder, 'built');
  const failed = join(folder, 'failed');
  if (isFirst(join(folder, 'begun'))) {
    try {
      await buildRenderer(join(import.meta.dirname, '../../renderer'), join(folder, 'unfinished'));
      renameSync(join(folder, 'unfinished'), built);
    } catch (error) {
      writeFileSync(failed, '');
      throw error;
    }
  }
  while (!existsSync(built)) {
    if (existsSync(failed)) throw new Error('The renderer couldn’t be built: see the file of tests that tried');
    await delay(50);
  }
  return built;
}

function isFirst(mark: string): boolean {
  try {
    mkdirSync(mark);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
