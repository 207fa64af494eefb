import type { Socket } from 'node:net';
import { checkServerIdentity, connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { DoctorCertificate } from '../../shared/doctor.ts';
import { cleanText, maxNameLength } from '../clean-text.ts';
import type { Clock } from '../clock.ts';
import { tlsTerms } from '../network/tls-terms.ts';
import { isBundledRoot } from './bundled-roots.ts';
import { SocketTap } from './socket-tap.ts';

/** Certificates of a chain that are looked at: a server decides how many it sends. */
const maxChain = 10;

export interface TlsProbeOptions {
  /** Connected; the probe closes it. */
  readonly socket: Socket;
  readonly host: string;
  /** PEM certificates to trust; undefined for Node's default. */
  readonly ca: readonly string[] | undefined;
  readonly clock: Clock;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

interface SeenCertificates {
  /** `TLSv1.3`; null where there was no handshake. */
  readonly version: string | null;
  readonly nameFits: boolean;
  /** The server's own certificate first. */
  readonly chain: readonly DoctorCertificate[];
  /** Whether an authority that Node brings is in the chain. */
  readonly isPublic: boolean;
}

/** What a handshake showed. */
export interface TlsProbe extends SeenCertificates {
  /** Null where it went through. */
  readonly error: unknown;
  /** Of what came first, as Latin 1. */
  readonly firstBytes: string;
}

const nothingSeen: SeenCertificates = { version: null, nameFits: false, chain: [], isPublic: false };

/**
 * One TLS handshake, checked as the real connection's is, and then the end: nothing is said inside of it. Unlike that
 * one it tells what it saw where it failed: the certificates, and the first bytes where those weren't TLS. Never rejects.
 */
export function probeTls({ socket, host, ca, clock, limitMs, signal }: TlsProbeOptions): Promise<TlsProbe> {
  return new Promise((resolve) => {
    const tap = new SocketTap(socket);
    let seen = nothingSeen;
    const tls = connect({
      socket: tap,
      host,
      // An address is no name to ask for (RFC 6066 section 3).
      servername: isAddress(host) ? '' : host,
      ...tlsTerms(ca),
    });
    const end = (error: unknown): void => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      tls.destroy();
      socket.destroy();
      resolve({ ...seen, error, firstBytes: tap.first });
    };
    const fail = (code: string, message: string): void => {
      end(Object.assign(new Error(message), { code }));
    };
    const cancel = clock.setTimer(limitMs, () => {
      fail('CONNECT_TIMEOUT', 'The handshake took too long');
    });
    const onAbort = (): void => {
      fail('ABORT_ERR', 'No longer wanted');
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // Before Node's own listener, which destroys the connection with a certificate that it doesn't trust.
    tls.prependListener('secure', () => {
      seen = lookAt(tls, host);
    });
    tls.once('secureConnect', () => {
      end(null);
    });
    tls.on('error', end);
    tls.once('close', () => {
      fail('ENDED_EARLY', 'The other side ended the connection');
    });
    if (signal.aborted) onAbort();
  });
}

function isAddress(host: string): boolean {
  return /^[\d.]+$|:/u.test(host);
}

function lookAt(tls: TLSSocket, host: string): SeenCertificates {
  const leaf = tls.getPeerCertificate(true);
  // Node's answer where there is none is an empty object.
  if (!Buffer.isBuffer(leaf.raw)) return nothingSeen;
  const chain: DetailedPeerCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  while (next !== undefined && !chain.includes(next) && chain.length < maxChain) {
    chain.push(next);
    // A root is its own issuer; of a chain that ends early there is none.
    next = next.issuerCertificate;
  }
  return {
    version: tls.getProtocol(),
    nameFits: checkServerIdentity(host, leaf) === undefined,
    chain: chain.map(readCertificate),
    isPublic: chain.some(({ raw }) => isBundledRoot(raw)),
  };
}

function readCertificate(certificate: DetailedPeerCertificate): DoctorCertificate {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: momentOf(certificate.valid_from),
    validTo: momentOf(certificate.valid_to),
  };
}

/** The common name, or else the organization; a certificate may have neither, or several. */
function nameOf(name: DetailedPeerCertificate['subject']): string {
  const fields: Readonly<Record<string, unknown>> = { ...name };
  const found = [fields['CN'], fields['O'], fields['OU']].flat().find((field) => typeof field === 'string');
  return typeof found === 'string' ? cleanText(found, maxNameLength) : '?';
}

function momentOf(text: string): number | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
