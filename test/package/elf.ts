/** What the loader has to know of a program or library (elf(5); 64 bits, little-endian). */
export interface Elf {
  /** The processor, as Node names it. */
  readonly arch: 'x64' | 'arm64' | 'other';
  /** The libraries that it is linked to, by their soname. */
  readonly needed: readonly string[];
}

const programHeader = { load: 1, dynamic: 2 } as const;
const tag = { needed: 1n, stringTable: 5n } as const;
const machines: Readonly<Record<number, Elf['arch']>> = { 62: 'x64', 183: 'arm64' };

/** Null when it isn't such a file. */
export function readElf(bytes: Buffer): Elf | null {
  if (bytes.length < 64 || bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1) return null;
  const offset = (at: number): number => Number(bytes.readBigUInt64LE(at));
  const segments = Array.from({ length: bytes.readUInt16LE(56) }, (_, index) => {
    const at = offset(32) + index * bytes.readUInt16LE(54);
    return { type: bytes.readUInt32LE(at), start: offset(at + 8), address: offset(at + 16), size: offset(at + 32) };
  });
  const inFile = (address: number): number => {
    const home = segments.find(
      (segment) =>
        segment.type === programHeader.load && address >= segment.address && address < segment.address + segment.size,
    );
    if (home === undefined) throw new Error('An address of an ELF file is in none of its segments');
    return home.start + address - home.address;
  };
  const dynamic = segments.find(({ type }) => type === programHeader.dynamic);
  const entries = Array.from({ length: (dynamic?.size ?? 0) / 16 }, (_, index) => {
    const at = (dynamic?.start ?? 0) + index * 16;
    return { tag: bytes.readBigUInt64LE(at), value: offset(at + 8) };
  });
  const strings = entries.find((entry) => entry.tag === tag.stringTable);
  const nameAt = (value: number): string => {
    const start = inFile(strings?.value ?? 0) + value;
    return bytes.toString('latin1', start, bytes.indexOf(0, start));
  };
  return {
    arch: machines[bytes.readUInt16LE(18)] ?? 'other',
    needed: entries.filter((entry) => entry.tag === tag.needed).map(({ value }) => nameAt(value)),
  };
}
