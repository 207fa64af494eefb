import type { Command } from './commands/command-context.ts';
import { commandTable } from './commands/command-table.ts';
import type { CutKind } from './faults.ts';
import { FreezableWire } from './freezable-wire.ts';
import { LineQueue, SessionClosed } from './line-queue.ts';
import { SessionState } from './session-state.ts';
import type { SessionConnection } from './session-state.ts';
import type { SessionInfo, SessionWorld, Wire } from './session-world.ts';
import { ArgumentCursor } from './syntax/argument-cursor.ts';
import { badSyntax, CommandError } from './syntax/command-error.ts';
import { CommandReader } from './syntax/command-reader.ts';

const commandPattern = /^([^\x00-\x20\x7f-\xff(){%*"\\+]+) ([^]*)$/;

/** One client's session, from the greeting to the end: reads commands, has them carried out, answers. */
export class Session implements SessionConnection {
  readonly #world: SessionWorld;
  readonly #wire: FreezableWire;
  readonly #reader = new CommandReader();
  readonly #lines = new LineQueue();
  readonly #state: SessionState;

  constructor(id: number, world: SessionWorld, wire: Wire) {
    this.#world = world;
    this.#state = new SessionState(id, world, this);
    this.#wire = new FreezableWire(wire, (chunk) => {
      this.#read(chunk);
    });
  }

  get info(): SessionInfo {
    return this.#state.info;
  }

  get frozen(): boolean {
    return this.#wire.frozen;
  }

  /** Greets and serves until the connection ends. Never rejects. */
  async serve(): Promise<void> {
    this.#state.record({ kind: 'connected' });
    try {
      this.#greet();
      for (;;) {
        await this.#execute(await this.readLine());
      }
    } catch (error) {
      if (error instanceof SessionClosed) {
        this.cut('fin');
      } else {
        this.#state.record({ kind: 'failed', error });
        this.bye('The stand-in failed.');
      }
    }
  }

  /** Bytes from the client. */
  receive(chunk: Buffer): void {
    this.#wire.receive(chunk);
  }

  /** The connection is gone: lets go of everything. */
  closed(): void {
    this.#lines.close();
    this.#state.record({ kind: 'closed' });
    this.#state.dispose();
  }

  bye(text: string): void {
    this.send(`* BYE ${text}`);
    this.cut('fin');
  }

  cut(how: CutKind): void {
    this.#lines.close();
    this.#wire.cut(how);
  }

  /** Looks at what is ordered now: freezes or thaws, ends with the token, pushes what was held back. */
  faultsChanged(): void {
    const all = ({ connections }: { readonly connections: 'new' | 'all' }): boolean => connections === 'all';
    this.#wire.setFrozen(this.#world.faults.holds('freeze', this.#state.address, all));
    this.#state.endIfTokenEnded();
    this.#state.push();
  }

  signedIn(): void {
    this.faultsChanged();
  }

  /** Sends a line (`latin1`, without its end) as it is. */
  send(line: string): void {
    this.#wire.writeLine(line);
  }

  readLine(): Promise<string> {
    return this.#lines.next();
  }

  #greet(): void {
    const fault = this.#world.faults.take('greeting', null);
    if (fault === null) {
      this.send('* OK The Tidings IMAP stand-in is ready.');
    } else if (fault.bye !== null) {
      this.bye(fault.bye);
    }
  }

  #read(chunk: Buffer): void {
    for (const event of this.#reader.push(chunk)) {
      switch (event.kind) {
        case 'line':
          this.#lines.push(event.text);
          break;
        case 'literal-awaited':
          this.send('+ Ready for additional command text.');
          break;
        case 'literal-refused':
          this.send(`${commandPattern.exec(event.line)?.[1] ?? '*'} NO [TOOBIG] The literal is too long.`);
          break;
        case 'broken':
          this.send(`* BAD ${event.reason}`);
          this.bye(event.reason);
          break;
      }
    }
  }

  async #execute(line: string): Promise<void> {
    const [, tag, rest] = commandPattern.exec(line) ?? [];
    if (tag === undefined || rest === undefined) {
      this.send('* BAD Command Error. A tag and a command are expected.');
      return;
    }
    this.#state.tag = tag;
    const answer = await this.#answer(new ArgumentCursor(rest));
    if (answer !== null) {
      this.send(`${tag} ${answer}`);
    }
    if (this.#state.cutAfterAnswer !== null) {
      this.cut(this.#state.cutAfterAnswer);
    }
  }

  /** Carries out a command; the tagged answer without its tag, or null where there is to be none. */
  async #answer(cursor: ArgumentCursor): Promise<string | null> {
    let command: Command | null = null;
    let answer: string;
    let byUid = false;
    try {
      const word = cursor.keyword();
      const name = word === 'UID' && cursor.takeIf(' ') ? `UID ${cursor.keyword()}` : word;
      byUid = name.startsWith('UID ');
      this.#state.record({ kind: 'command', name });
      if (this.#isDisturbed(name)) {
        return null;
      }
      command = this.#find(name);
      answer = `OK ${await command.run(this.#state, cursor)}`;
    } catch (error) {
      if (!(error instanceof CommandError)) {
        throw error;
      }
      answer = `${error.status} ${error.text}`;
    }
    this.#state.flush(command !== null && command.holdsExpunges !== true, byUid);
    return answer;
  }

  #find(name: string): Command {
    const command = commandTable.get(name);
    if (command === undefined || (command.capability !== undefined && !this.#state.has(command.capability))) {
      throw new CommandError('BAD', 'Command Error. Unknown command.');
    }
    const { state } = this.#state.info;
    if (command.allowed === 'before-login' && state !== 'not-authenticated') {
      throw badSyntax('Already signed in.');
    }
    const tooEarly =
      (command.allowed === 'after-login' && state === 'not-authenticated') ||
      (command.allowed === 'selected' && state !== 'selected');
    if (tooEarly) {
      throw new CommandError('BAD', 'Command received in Invalid state.');
    }
    return command;
  }

  /** Does what was ordered for a command; true where nothing is to be answered. */
  #isDisturbed(name: string): boolean {
    const { faults } = this.#world;
    const { address } = this.#state;
    const fits = ({ command }: { readonly command: string }): boolean =>
      command === name || (command === '*' && address !== null && name !== 'LOGOUT');
    if (faults.take('silence', address, fits) !== null) {
      return true;
    }
    // A sign-in's person is known only when its arguments are read: session-login.ts does the rest.
    if (name === 'AUTHENTICATE') {
      return false;
    }
    const bye = faults.take('bye', address, fits);
    if (bye !== null) {
      this.bye(bye.text);
      return true;
    }
    const answer = faults.take('answer', address, fits);
    if (answer !== null) {
      if (name === 'SELECT' || name === 'EXAMINE') {
        this.#state.unselect();
      }
      throw new CommandError(answer.status, answer.text);
    }
    return false;
  }
}
