import type { z } from 'zod';

/** What is wrong, a line a field (`imap.port: must be between 1 and 65535`), with `at` before each path. No values. */
export function describeIssues(error: z.core.$ZodError, at: readonly PropertyKey[] = []): string[] {
  return error.issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${[...path, key].join('.')}: is not a field of a profile`);
    }
    return [path.length === 0 ? issue.message : `${path.join('.')}: ${issue.message}`];
  });
}

const maxDetailLength = 300;

/** The first problems in one line of at most 300 characters. */
export function summarizeIssues(problems: readonly string[]): string {
  const text = problems.slice(0, 3).join('; ');
  return text.length <= maxDetailLength ? text : `${text.slice(0, maxDetailLength - 1)}…`;
}
