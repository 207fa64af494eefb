/** A package of npm's with an Electron in it, known by two hashes. */
export interface Pin {
  readonly spec: string;
  /** Electron's version in it. */
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  /** The name of its main program in the package. */
  readonly program: string;
  /** Of the package, in npm's form: `sha512-<base64>`. */
  readonly integrity: string;
  /** Of its main program, in hexadecimal. */
  readonly programSha256: string;
}

export const stopGap: Pin;
