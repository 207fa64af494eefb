/** What a Node (default: this one) has to be told so that it runs a `.ts` file. */
export function typeScriptFlags(version?: string): string[];
