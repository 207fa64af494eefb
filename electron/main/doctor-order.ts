import { isAnswerPath } from './answer-channel.ts';

/** What `tidings --doctor` asks for. */
export interface DoctorWish {
  /** An account's address; null for all of them. */
  readonly account: string | null;
  /** Without it, addresses are shortened to their first letter. */
  readonly showAddresses: boolean;
  readonly isJson: boolean;
}

const doctorSwitch = '--doctor';
const accountSwitch = '--account';
/** An address has at most 64 + 1 + 255 characters (RFC 5321 section 4.5.3.1). */
const maxAddress = 320;

/** Null where there is no such switch. */
export function doctorWish(argv: readonly string[]): DoctorWish | null {
  if (!argv.includes(doctorSwitch)) return null;
  return {
    account: accountOf(argv)?.slice(0, maxAddress) ?? null,
    showAddresses: argv.includes('--show-addresses'),
    isJson: argv.includes('--json'),
  };
}

/** With `=` or a blank; empty, which is nobody's address, where nothing follows: never everybody in its place. */
function accountOf(argv: readonly string[]): string | null {
  const at = argv.findIndex((word) => word === accountSwitch || word.startsWith(`${accountSwitch}=`));
  const word = argv[at];
  if (word === undefined) return null;
  return word === accountSwitch ? (argv[at + 1] ?? '') : word.slice(accountSwitch.length + 1);
}

/** The wish as it goes to the Tidings that runs, with the place where its answer is waited for. */
export interface DoctorQuestion {
  readonly doctor: DoctorWish & { readonly answerAt: string };
}

/** Reads what came with a second start; null where it is no such question. It comes from a process of the same user. */
export function readQuestion(data: unknown): DoctorQuestion['doctor'] | null {
  if (typeof data !== 'object' || data === null || !('doctor' in data)) return null;
  const { doctor } = data;
  if (typeof doctor !== 'object' || doctor === null || !('answerAt' in doctor) || !isAnswerPath(doctor.answerAt)) {
    return null;
  }
  const field = (name: string): unknown => Reflect.get(doctor, name);
  const account = field('account');
  return {
    answerAt: doctor.answerAt,
    account: typeof account === 'string' ? account.slice(0, maxAddress) : null,
    showAddresses: field('showAddresses') === true,
    isJson: field('isJson') === true,
  };
}
