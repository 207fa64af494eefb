import type { en } from './en.ts';

/** Languages without a singular form (`_one`) leave it out: CLDR's plural categories differ by language. */
type Translated<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Translated<T[K]>;
} & { readonly [K in keyof T as K extends `${string}_one` ? K : never]?: string };

/** The shape that every language file fills; a missing key is a type error. */
export type Messages = Translated<typeof en>;

type WithoutPlural<K extends string> = K extends `${infer Base}_one`
  ? Base
  : K extends `${infer Base}_other`
    ? Base
    : K;

type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${WithoutPlural<K>}` : Leaves<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

/** Every dotted key that can be looked up; plurals by their name without `_one` and `_other`. */
export type TextKey = Leaves<typeof en>;

/** Looks a text up by its dotted key and fills in `{{name}}` values; plurals by `count` (`key_one`, `key_other`). */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;
