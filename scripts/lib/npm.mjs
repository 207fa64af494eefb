import { delimiter, join } from 'node:path';
import { projectRoot } from './paths.mjs';

/**
 * How to start the machine's own npm, so that its registry, proxy and certificate settings apply. The
 * project's node_modules is taken out of PATH: npm may be about to replace the Node that is in there.
 */
export function npmCommand(args, env = process.env) {
  const own = join(projectRoot, 'node_modules');
  const path = (env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(own));
  // npm is a .cmd file on Windows, which only a shell can start. No argument of ours needs quoting.
  const shell = process.platform === 'win32';
  return { command: 'npm', args, options: { shell, env: { ...env, PATH: path.join(delimiter) } } };
}
