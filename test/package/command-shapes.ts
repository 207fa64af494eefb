import { z } from 'zod';
import { commandSchemas } from '../../electron/main/ipc/command-schemas.ts';

/** What the arguments of all commands are made of, read off their schemas. */
export interface CommandShapes {
  /** The names of all fields, those of each member of a union too. */
  readonly fields: readonly string[];
  /** Every text that a field takes by its name: the choices of enums. */
  readonly choices: readonly string[];
  /** The longest text that any field takes, in UTF-16 units. */
  readonly longestText: number;
}

export function commandShapes(): CommandShapes {
  const fields = new Set<string>();
  const choices = new Set<string>();
  let longestText = 0;
  const read = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties' && typeof value === 'object')
        for (const name of Object.keys(value ?? {})) fields.add(name);
      if (key === 'maxLength' && typeof value === 'number') longestText = Math.max(longestText, value);
      const named: readonly unknown[] = key === 'enum' && Array.isArray(value) ? value : key === 'const' ? [value] : [];
      for (const choice of named) if (typeof choice === 'string') choices.add(choice);
      read(value);
    }
  };
  for (const schema of Object.values(commandSchemas)) read(z.toJSONSchema(schema));
  return { fields: [...fields], choices: [...choices], longestText };
}
