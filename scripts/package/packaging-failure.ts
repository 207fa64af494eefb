/** A failure of packaging that a person can mend: only its message is shown, no stack. */
export class PackagingFailure extends Error {}
