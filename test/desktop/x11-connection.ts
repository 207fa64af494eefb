import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

import type { Display } from './display.ts';

/** An event of the server; its layout is the X Window System Protocol's, appendix B. */
export type X11Event = Buffer;

/** As little of the X protocol (X11R7.7, core requests only) as tests need. All numbers little-endian. */
export interface X11Connection {
  readonly root: number;
  /** Sends a request that has no answer. */
  send(opcode: number, data: number, body: Buffer): void;
  /** Sends one that has. Resolves with the whole answer, or null where the server says no: a window that is gone. */
  ask(opcode: number, data: number, body: Buffer): Promise<Buffer | null>;
  dispose(): void;
}

const headerBytes = 32;
const setupHeaderBytes = 8;
const errorCode = 0;
const replyCode = 1;
/** Where the vendor's name, the formats and the first screen follow each other in the server's first answer. */
const setup = { vendorLength: 24, formats: 29, vendor: 40 };

const padded = (length: number): number => Math.ceil(length / 4) * 4;

/** The words, 32 bits each. */
export function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32LE(value, index * 4);
  return buffer;
}

function greeting(cookie: Buffer): Buffer {
  const method = Buffer.from('MIT-MAGIC-COOKIE-1');
  const head = Buffer.alloc(12 + padded(method.length) + padded(cookie.length));
  head.write('l', 0, 'latin1');
  head.writeUInt16LE(11, 2);
  head.writeUInt16LE(method.length, 6);
  head.writeUInt16LE(cookie.length, 8);
  method.copy(head, 12);
  cookie.copy(head, 12 + padded(method.length));
  return head;
}

function rootOf(answer: Buffer): number {
  if (answer[0] !== 1) throw new Error('The display refuses the connection');
  const formats = (answer[setup.formats] ?? 0) * 8;
  return answer.readUInt32LE(setup.vendor + padded(answer.readUInt16LE(setup.vendorLength)) + formats);
}

/** @throws when the display isn't there or refuses */
export async function connectX11(display: Display, onEvent: (event: X11Event) => void): Promise<X11Connection> {
  const socket: Socket = connect(`/tmp/.X11-unix/X${display.name.slice(1)}`);
  const waiting = new Map<number, (answer: Buffer | null) => void>();
  let root: number | null = null;
  let sequence = 0;
  let rest: Buffer = Buffer.alloc(0);

  const greeted = new Promise<number>((resolve, reject) => {
    const take = (length: number): Buffer => {
      const taken = rest.subarray(0, length);
      rest = rest.subarray(length);
      return taken;
    };
    const takeSetup = (): boolean => {
      if (rest.length < setupHeaderBytes) return false;
      const length = setupHeaderBytes + rest.readUInt16LE(6) * 4;
      if (rest.length < length) return false;
      root = rootOf(take(length));
      resolve(root);
      return true;
    };
    const takeMessage = (): boolean => {
      if (rest.length < headerBytes) return false;
      const isReply = rest[0] === replyCode;
      const length = headerBytes + (isReply ? rest.readUInt32LE(4) * 4 : 0);
      if (rest.length < length) return false;
      const message = take(length);
      if (!isReply && message[0] !== errorCode) {
        onEvent(message);
        return true;
      }
      const asked = message.readUInt16LE(2);
      waiting.get(asked)?.(isReply ? message : null);
      waiting.delete(asked);
      return true;
    };
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      try {
        while (root === null ? takeSetup() : takeMessage());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.once('error', reject);
    socket.once('close', () => {
      reject(new Error('The display closed the connection'));
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
    });
  });

  const send = (opcode: number, data: number, body: Buffer): void => {
    const request = Buffer.alloc(4 + padded(body.length));
    request.writeUInt8(opcode, 0);
    request.writeUInt8(data, 1);
    request.writeUInt16LE(request.length / 4, 2);
    body.copy(request, 4);
    sequence = (sequence + 1) % 0x1_0000;
    socket.write(request);
  };
  // The authority file's entry ends with the cookie.
  socket.write(greeting(readFileSync(display.authorityFile).subarray(-16)));
  return {
    root: await greeted,
    send,
    ask: (opcode, data, body) =>
      new Promise((resolve) => {
        send(opcode, data, body);
        waiting.set(sequence, resolve);
      }),
    dispose: () => {
      socket.destroy();
    },
  };
}
