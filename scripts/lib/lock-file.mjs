/**
 * Completes a package-lock.json. Where a registry doesn't offer the binaries of other systems, `npm install`
 * writes a lock file without them, and `npm ci` then refuses it everywhere ("Missing … from lock file").
 * An entry needs no more than an exact version and the system that it is for.
 */

const systems = new Set(['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony']);
const processors = new Set(['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']);
const exactVersion = /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/;

/**
 * The `os`, `cpu` and `libc` of a binary package, read from its name after napi-rs' convention
 * (`binding-linux-arm64-musl`, `darwin-x64`). Null when the name tells no system.
 */
export function systemOfName(name) {
  const parts = name.split(/[/-]/);
  const at = parts.findIndex((part) => systems.has(part) || part === 'win32' || part === 'win');
  const cpu = parts[at + 1];
  if (at < 0 || cpu === undefined || !processors.has(cpu)) return null;
  const os = parts[at] === 'win' ? 'win32' : parts[at];
  const libc = { gnu: 'glibc', musl: 'musl' }[parts[at + 2]];
  return os === 'linux' && libc ? { cpu: [cpu], libc: [libc], os: [os] } : { cpu: [cpu], os: [os] };
}

/** The key that Node's look-up from the package at `from` would find for `name`, or null. */
function lookUp(packages, from, name) {
  for (let folder = from; ;) {
    const key = `${folder ? `${folder}/` : ''}node_modules/${name}`;
    if (packages[key]) return key;
    if (!folder) return null;
    const end = folder.lastIndexOf('node_modules/');
    folder = folder.slice(0, Math.max(0, end - 1));
  }
}

/** Every optional package that the lock file's packages ask for and that it has no entry of. */
export function missingOptional(lock) {
  const missing = [];
  for (const [key, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (lookUp(lock.packages, key, name)) continue;
      missing.push({ name, version, dev: entry.dev === true, wantedBy: key || 'the project' });
    }
  }
  return missing;
}

/**
 * Answers a lock file with an entry for each missing optional package; a complete one comes back as it is.
 * Throws when an entry can't be made honestly: no exact version, or a name that tells no system.
 */
export function completeLock(lock) {
  const missing = missingOptional(lock);
  if (missing.length === 0) return { lock, added: [] };
  const packages = { ...lock.packages };
  for (const { name, version, dev, wantedBy } of missing) {
    const system = systemOfName(name);
    if (!exactVersion.test(version) || !system) {
      throw new Error(`${wantedBy} asks for ${name}@${version}: its entry can't be derived; add it by hand.`);
    }
    packages[`node_modules/${name}`] = { version, cpu: system.cpu, ...(dev && { dev }), ...rest(system) };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added: missing.map(({ name }) => name) };
}

/** The remaining fields in npm's own order, so that npm doesn't reorder them later. */
function rest({ libc, os }) {
  return { ...(libc && { libc }), optional: true, os };
}
