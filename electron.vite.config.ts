import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { packagedProfileVariable, parsePackagedProfile } from './electron/main/profile/packaged-profile.ts';

const root = import.meta.dirname;
const fromRoot = (...parts: string[]): string => path.join(root, ...parts);

/**
 * What the code learns at build time; declared in electron/main/build-constants.d.ts. Checked here, so that a
 * packager's mistake stops the build and not somebody's first start.
 */
function buildConstants(): Record<string, string> {
  return {
    __TIDINGS_PACKAGED_PROFILE__: JSON.stringify(parsePackagedProfile(process.env[packagedProfileVariable])),
    __TIDINGS_ALLOW_DEBUGGING__: JSON.stringify(process.env['TIDINGS_E2E_BUILD'] === '1'),
  };
}

/**
 * msal-node-extensions imports Microsoft's sign-in broker (44 MB of natives, some 45 MiB of memory) together with
 * its key stores. Tidings signs in by the browser, so the broker is replaced by one that says it can't be started.
 */
function withoutBroker(): Plugin {
  const id = '\0no-msal-node-runtime';
  return {
    name: 'tidings:without-broker',
    enforce: 'pre',
    resolveId: (source) => (source === '@azure/msal-node-runtime' ? id : null),
    load: (loaded) =>
      loaded === id
        ? [
            "export const msalNodeRuntime = Object.freeze({ StartupError: new Error('The broker is not part of Tidings') });",
            'export const ErrorStatus = Object.freeze({});',
            'export const LogLevel = Object.freeze({});',
          ].join('\n')
        : null,
  };
}

/** Puts files beside what was built, by `copy` into that folder. */
function withFiles(name: string, copy: (outDir: string) => void): Plugin {
  let outDir = '';
  return {
    name,
    apply: 'build',
    configResolved: ({ root: base, build }) => {
      outDir = path.resolve(base, build.outDir);
    },
    closeBundle() {
      copy(outDir);
    },
  };
}

/** Windows' data protection binding, which msal-node-extensions requires as `../bin/<arch>/dpapi` from its chunk. */
function withDpapiBinding(): Plugin {
  return withFiles('tidings:with-dpapi-binding', (outDir) => {
    const binding = fromRoot('node_modules', '@azure', 'msal-node-extensions', 'bin');
    if (!existsSync(binding)) throw new Error('msal-node-extensions no longer has its bin folder');
    cpSync(binding, path.join(outDir, 'bin'), { recursive: true });
  });
}

/** For windows on Linux, which have no other way to an icon. */
function withWindowIcon(): Plugin {
  return withFiles('tidings:with-window-icon', (outDir) => {
    cpSync(fromRoot('assets', 'icons', '256x256.png'), path.join(outDir, 'icons', '256x256.png'));
  });
}

/** What was bundled into a part and its licence, for the notices of a package (scripts/package/notices.ts). */
const license = { fileName: '.vite/licenses.json' };

/**
 * Chunks of libraries bear their package's name: `chunks/msal-node.js` says more in a stack than `dist2.js`. No file
 * has a hash in its name: nothing is cached by name, and two packages can be compared file by file.
 */
function chunkFileName({ facadeModuleId }: { readonly facadeModuleId?: string | null | undefined }): string {
  const [, name] = /.*\/node_modules\/(?:@[^/]+\/)?([^/]+)\//.exec(facadeModuleId ?? '') ?? [];
  return `chunks/${name ?? '[name]'}.js`;
}

export default defineConfig({
  main: {
    plugins: [withoutBroker(), withDpapiBinding(), withWindowIcon()],
    define: buildConstants(),
    build: {
      externalizeDeps: false,
      outDir: 'out/main',
      target: 'node20.18',
      sourcemap: false,
      // Not minified: a stack in somebody's log has to be readable without a source map.
      minify: false,
      emptyOutDir: true,
      license,
      rolldownOptions: {
        input: { index: fromRoot('electron', 'main', 'index.ts') },
        // keytar finds its native part beside itself, so it stays a package of its own.
        external: ['keytar'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: chunkFileName },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: 'out/preload',
      target: 'node20.18',
      sourcemap: false,
      minify: false,
      emptyOutDir: true,
      license,
      rolldownOptions: {
        input: { index: fromRoot('electron', 'preload', 'index.ts') },
        // A sandboxed preload script is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      target: 'chrome130',
      sourcemap: false,
      minify: true,
      emptyOutDir: true,
      license,
      // Neither inline scripts nor data: addresses of scripts get past the content security policy.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // kB. Read from the disk, so one file is as good as several.
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: {
        input: { index: fromRoot('renderer', 'index.html') },
        output: {
          entryFileNames: 'assets/[name].js',
          chunkFileNames: 'assets/[name].js',
          assetFileNames: 'assets/[name][extname]',
        },
      },
    },
  },
});
